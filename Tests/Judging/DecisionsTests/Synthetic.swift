import Decisions
import Foundation
import Randomness

/// Gaussian classes of known posterior: class c of probability π_c, at distance `apart` from all
/// others, unit variance; the exact p(c | x) under a prior of the modeller's choice.
struct GaussianClasses {
  let prior: [Double]
  var apart = 3.0

  var classes: [String] { prior.indices.map { "c\($0)" } }

  /// `count` examples drawn from `drawn`, with the posterior under `prior`, sharpened by `sharpness`.
  func sample(
    _ count: Int, from drawn: [Double]? = nil, sharpness: Double = 1, groups: [String]? = nil,
    using random: inout RandomSource
  ) -> LabelledProbabilities {
    var (truths, probabilities): ([Int], [Double]) = ([], [])
    for _ in 0..<count {
      let truth = draw(drawn ?? prior, &random)
      truths.append(truth)
      probabilities += posterior(of: truth, sharpness, &random)
    }
    return LabelledProbabilities(
      classes: classes, truths: truths, probabilities: probabilities, groups: groups)
  }

  private func draw(_ distribution: [Double], _ random: inout RandomSource) -> Int {
    var rest = random.uniform()
    for (index, p) in distribution.enumerated() {
      if rest < p { return index }
      rest -= p
    }
    return distribution.count - 1
  }

  private func posterior(
    of truth: Int, _ sharpness: Double, _ random: inout RandomSource
  ) -> [Double] {
    // Class means on the axes, at distance `apart` from one another.
    let length = apart / 2.0.squareRoot()
    let logits = prior.indices.map { index in
      log(prior[index]) + length * (random.normal() + (index == truth ? length : 0))
    }
    let largest = logits.max() ?? 0
    let powers = logits.map { exp(sharpness * ($0 - largest)) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// Index of the largest entry of each row, `[N]`.
func decisions(_ sample: LabelledProbabilities) -> [Int] {
  (0..<sample.count).map { row in
    let values = Array(sample[row])
    return values.firstIndex(of: values.max() ?? 0) ?? 0
  }
}

/// The same rows under other names and in another order of classes: class `order[k]` becomes k.
func permuted(_ sample: LabelledProbabilities, _ order: [Int]) -> LabelledProbabilities {
  LabelledProbabilities(
    classes: order.map { sample.classes[$0] },
    truths: sample.truths.map { order.firstIndex(of: $0) ?? 0 },
    probabilities: (0..<sample.count).flatMap { row in
      let values = Array(sample[row])
      return order.map { values[$0] }
    }, groups: sample.groups)
}

/// What a calibrator says about every row, `[N, C]` flat.
func applied(_ calibrator: some Calibrator, to sample: LabelledProbabilities) -> [Double] {
  calibrator.applied(to: sample.probabilities, classes: sample.classes.count)
}
