import Evaluation
import Foundation
import Randomness
import Uncertainty

/// What is read off a ranking at a threshold that is chosen on the same examples.
extension CoverageStudy {
  private static let lift = 1.5

  /// `n` positives and three times as many negatives, scores normal, 1.5 apart, turned into the right
  /// probabilities.
  func thresholds(_ n: Int) -> [CoverageRow] {
    let resamples = resamples
    let results = repeated { random -> [(low: Double, high: Double)?] in
      let predictions = Self.ranked(n, &random)
      let settings = IntervalSettings(resamples: resamples, seed: random.next(), threads: 1)
      guard let predictions else { return [nil, nil, nil, nil] }
      let found = Assessment(predictions, settings: settings).thresholdMetrics[1]
      return [
        found.sensitivityAtSpecificity[0], found.specificityAtSensitivity[0],
        found.precisionAtTop[0], found.netBenefit[1],
      ].map { point in point.interval.map { ($0.low, $0.high) } }
    }
    let above = { (z: Double) in normalProbability(-z) }
    let crossing = -normalQuantile(0.9) + Self.lift
    let truths = [
      ("sensitivity at specificity .9", normalProbability(crossing)),
      ("specificity at sensitivity .9", normalProbability(crossing)),
      ("precision of the n highest", Self.precisionOfAsManyAsPositives),
      (
        "net benefit at .1",
        0.25 * above(Self.score(at: 0.1) - Self.lift) - 0.75 * above(Self.score(at: 0.1)) / 9
      ),
    ]
    return filled(
      truths.map { CoverageRow($0.0, "percentile, chosen again", n: n, truth: $0.1) }, results)
  }

  private static func ranked(_ n: Int, _ random: inout RandomSource) -> Predictions? {
    let truths = (0..<4 * n).map { $0 < n ? 1 : 0 }
    let probabilities = truths.flatMap { truth -> [Double] in
      let score = random.normal() + (truth == 1 ? lift : 0)
      let p = 1 / (1 + exp(-(lift * score - lift * lift / 2 - log(3.0))))
      return [1 - p, p]
    }
    return try? Predictions(
      classes: ["no", "yes"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: probabilities)
  }

  /// The score whose probability is `p`.
  private static func score(at p: Double) -> Double {
    (log(p / (1 - p)) + log(3.0)) / lift + lift / 2
  }

  /// A quarter are positives: the precision above the score that a quarter of all exceed.
  private static var precisionOfAsManyAsPositives: Double {
    var (low, high) = (-5.0, 5.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let flagged =
        0.25 * normalProbability(lift - middle) + 0.75 * normalProbability(-middle)
      if flagged > 0.25 { low = middle } else { high = middle }
    }
    return normalProbability(lift - low)
  }
}
