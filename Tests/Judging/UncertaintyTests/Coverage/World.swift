import Evaluation
import Foundation
import Randomness
import Uncertainty

/// Where simulated examples come from: three classes, logits normal about 1.5 at the true class.
enum World: Sendable {
  /// Independent examples, judged by one model.
  case examples
  /// Five examples a patient, with logits that share half of their variance.
  case patients
  /// Independent examples, two models whose logits share half of their variance; the second is better.
  case models

  var suffix: String {
    switch self {
    case .examples: ""
    case .patients: ", 5 of each patient"
    case .models: ", difference"
    }
  }

  /// Classes of `n` examples (patients), in proportions that do not vary between repetitions.
  private func classes(_ n: Int) -> [Int] {
    (0..<n).map { place in
      let part = (Double(place) + 0.5) / Double(n)
      return part < 0.6 ? 0 : part < 0.9 ? 1 : 2
    }
  }

  private func logits(
    _ truth: Int, lift: Double, common: [Double]?, _ random: inout RandomSource
  ) -> [Double] {
    (0..<3).map { index in
      let own = random.normal()
      let noise = common.map { ($0[index] + own) / 2.0.squareRoot() } ?? own
      return noise + (index == truth ? lift : 0)
    }
  }

  /// One or two models' probabilities of `n` examples or patients.
  private func tables(
    _ n: Int, _ random: inout RandomSource
  ) -> (truths: [Int], groups: [String]?, models: [[Double]]) {
    var (truths, groups): ([Int], [String]) = ([], [])
    var models = [[Double]](repeating: [], count: self == .models ? 2 : 1)
    for (unit, truth) in classes(n).enumerated() {
      let common = self == .examples ? nil : (0..<3).map { _ in random.normal() }
      for _ in 0..<(self == .patients ? 5 : 1) {
        truths.append(truth)
        groups.append("\(unit)")
        for model in models.indices {
          let lift = model == 0 ? 1.5 : 1.8
          let weights = logits(truth, lift: lift, common: common, &random).map { exp($0) }
          models[model] += weights.map { $0 / weights.reduce(0, +) }
        }
      }
    }
    return (truths, self == .patients ? groups : nil, models)
  }

  private func predictions(_ truths: [Int], _ probabilities: [Double]) -> Predictions? {
    try? Predictions(
      classes: ["a", "b", "c"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: probabilities)
  }

  /// The replicates of one repetition; of the second model minus the first where there are two.
  func replicates(_ n: Int, resamples: Int, _ random: inout RandomSource) -> Replicates {
    let drawn = tables(n, &random)
    let plan = ResamplingPlan(truths: drawn.truths, groups: drawn.groups)
    let key = RandomKey(seed: random.next())
    let all = drawn.models.compactMap { predictions(drawn.truths, $0) }.map { predictions in
      Replicates(
        ExampleTable(predictions, rows: Array(drawn.truths.indices), threads: 1), plan: plan,
        resamples: resamples, shots: nil, key: key, threads: 1)
    }
    return all.count == 2 ? all[1].minus(all[0]) : all[0]
  }

  /// True values: those of 200,000 examples with the classes of `n`.
  func truths(_ names: [String], _ n: Int) -> [Double] {
    var random = RandomKey(seed: 99).folding(n).source
    let copies = 200_000 / (n * (self == .patients ? 5 : 1))
    var (truths, models): ([Int], [[Double]]) = ([], [[], []])
    for _ in 0..<copies {
      let drawn = tables(n, &random)
      truths += drawn.truths
      for (index, model) in drawn.models.enumerated() { models[index] += model }
    }
    let reports = models.filter { !$0.isEmpty }.compactMap { predictions(truths, $0) }
      .map { MetricsReport($0) }
    return names.map { name in
      let values = reports.map { $0[name] ?? .nan }
      return values.count == 2 ? values[1] - values[0] : values[0]
    }
  }
}
