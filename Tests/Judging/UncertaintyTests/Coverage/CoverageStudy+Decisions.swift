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
    let (truth, prior, resamples) = (0.1, [0.7, 0.3], min(resamples, 100))
    let results = repeated { random -> [(low: Double, high: Double)?] in
      let validation = Self.scored(n, positives: prior[1], &random)
      let sample = Self.scored(2000, positives: truth, &random)
      let key = RandomKey(seed: random.next())
      let em = try? PrevalenceEstimate.saerens(
        sample.probabilities, validation: validation, calibration: .vector(),
        resamples: resamples, key: key)
      let box = try? PrevalenceEstimate.blackBox(
        sample.probabilities, validation: validation, resamples: resamples, key: key)
      return [em, box].map { found in
        found.flatMap { $0.intervals.isEmpty ? nil : ($0.intervals[1].low, $0.intervals[1].high) }
      }
    }
    return filled(
      [
        CoverageRow("prevalence of 2,000, saerens", "percentile, refitted", n: n, truth: truth),
        CoverageRow("prevalence of 2,000, bbse", "percentile", n: n, truth: truth),
      ], results)
  }

  /// Normal scores two apart, and logits half as large again as the right ones under a prevalence of .3.
  private static func scored(
    _ n: Int, positives: Double, _ random: inout RandomSource
  ) -> LabelledProbabilities {
    let truths = (0..<n).map { _ in random.uniform() < positives ? 1 : 0 }
    let probabilities = truths.flatMap { truth -> [Double] in
      let score = random.normal() + 2 * Double(truth)
      let p = 1 / (1 + exp(-1.5 * (2 * score - 2 + log(0.3 / 0.7))))
      return [1 - p, p]
    }
    return LabelledProbabilities(
      classes: ["no", "yes"], truths: truths, probabilities: probabilities)
  }
}
