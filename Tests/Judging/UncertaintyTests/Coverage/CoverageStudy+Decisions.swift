import Decisions
import Evaluation
import Foundation
import Randomness
import Uncertainty

/// What decisions are worth at another prevalence, and that prevalence estimated.
extension CoverageStudy {
  private static let (prevalence, hit, alarm) = (0.05, 0.85, 0.1)

  /// Of `n` positives and three times as many negatives: predictive values at a prevalence of .05, and
  /// how many would be flagged there.
  func predictive(_ n: Int) -> [CoverageRow] {
    let (prevalence, hit, alarm) = (Self.prevalence, Self.hit, Self.alarm)
    let results = repeated { random -> [(low: Double, high: Double)?] in
      let flags = (0..<4 * n).map { random.uniform() < ($0 < n ? hit : alarm) }
      let truths = (0..<4 * n).map { $0 < n ? 1 : 0 }
      var confusion = ConfusionMatrix(classes: 2)
      for (flag, truth) in zip(flags, truths) {
        confusion.add(truth: truth, predicted: flag ? 1 : 0)
      }
      let shares = [1 - prevalence, prevalence]
      let values = try? PredictiveValues.all(confusion, classes: ["no", "yes"], prevalence: shares)
      let flagged = WeightedRate(flags, truths: truths, prevalence: shares)
      return [values?[1].positiveInterval, values?[1].negativeInterval, flagged.interval].map {
        $0.map { ($0.low, $0.high) }
      }
    }
    let (true1, false1) = (prevalence * hit, (1 - prevalence) * alarm)
    let (true0, false0) = ((1 - prevalence) * (1 - alarm), prevalence * (1 - hit))
    return filled(
      [
        CoverageRow("ppv at .05", "mover", n: n, truth: true1 / (true1 + false1)),
        CoverageRow("npv at .05", "mover", n: n, truth: true0 / (true0 + false0)),
        CoverageRow("flagged at .05", "mover", n: n, truth: true1 + false1),
      ], results)
  }

  /// The prevalence of 2,000 unlabelled images, `n` labelled ones of prevalence .3 beside them; probabilities are
  /// over-confident and calibrated on the labelled ones.
  func prevalence(_ n: Int) -> [CoverageRow] {
    prevalence(n, labelled: [0.7, 0.3], unlabelled: [0.9, 0.1], "prevalence of 2,000")
  }

  /// The same where a third class has one labelled image in fifty, too few for an interval of its own.
  func prevalenceBesideRare(_ n: Int) -> [CoverageRow] {
    prevalence(
      n, labelled: [0.68, 0.3, 0.02], unlabelled: [0.86, 0.1, 0.04],
      "prevalence of 2,000 beside a class of one in fifty")
  }

  private func prevalence(
    _ n: Int, labelled: [Double], unlabelled: [Double], _ name: String
  ) -> [CoverageRow] {
    let resamples = min(resamples, 200)
    let results = repeated { random -> [(low: Double, high: Double)?] in
      let validation = Self.scored(n, labelled, under: labelled, &random)
      let sample = Self.scored(2000, unlabelled, under: labelled, &random)
      let key = RandomKey(seed: random.next())
      let em = try? PrevalenceEstimate.saerens(
        sample.probabilities, validation: validation, calibration: .vector(),
        resamples: resamples, key: key)
      let box = try? PrevalenceEstimate.blackBox(
        sample.probabilities, validation: validation, resamples: resamples, key: key)
      return [em, box].map { found in
        let interval = found.flatMap { $0.intervals.isEmpty ? nil : $0.intervals[1] }
        return interval.map { ($0.low, $0.high) }
      }
    }
    return filled(
      [
        CoverageRow("\(name), saerens", "percentile, refitted", n: n, truth: unlabelled[1]),
        CoverageRow("\(name), bbse", "percentile", n: n, truth: unlabelled[1]),
      ], results)
  }

  /// Normal scores whose mean of each class but the first is 2 in an axis of its own, and logits half as large again as the
  /// right ones under `prior`.
  private static func scored(
    _ n: Int, _ shares: [Double], under prior: [Double], _ random: inout RandomSource
  ) -> LabelledProbabilities {
    var (truths, probabilities) = ([Int](), [Double]())
    for _ in 0..<n {
      var (left, truth) = (random.uniform(), 0)
      while truth + 1 < shares.count, left >= shares[truth] {
        left -= shares[truth]
        truth += 1
      }
      let logits = prior.indices.map { index -> Double in
        guard index > 0 else { return log(prior[0]) }
        let score = random.normal() + (index == truth ? 2 : 0)
        return log(prior[index]) + 2 * score - 2
      }
      let powers = logits.map { exp(1.5 * ($0 - logits[0])) }
      let sum = powers.reduce(0, +)
      truths.append(truth)
      probabilities += powers.map { $0 / sum }
    }
    return LabelledProbabilities(
      classes: shares.indices.map { "c\($0)" }, truths: truths, probabilities: probabilities)
  }
}
