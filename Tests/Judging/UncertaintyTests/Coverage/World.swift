import Evaluation
import Foundation
import Randomness
import Uncertainty

/// Where simulated examples come from, and what a model says of them.
///
/// Scores of the classes are normal, that of the true class `lift` higher, so that the posterior of class k is
/// proportional to `π_k exp(lift_k z_k − lift_k²/2)`. The model's logits are its logarithm times `sharpness`, without
/// `log π_k` where it was trained balanced: with a sharpness of 1 and priors it is calibrated, else it is not.
struct World: Sendable {
  /// Examples that come together.
  struct Groups: Sendable {
    /// Number of examples of each group in turn, as often as it takes.
    var sizes: [Int]
    /// Part of the variance of scores that the examples of a group share; that part of its examples has the
    /// class of the group too.
    var correlation: Double
  }

  /// What the table calls it.
  var name: String
  /// How frequent classes are, `[C]`.
  var priors: [Double]
  /// How much higher the true class's score is, `[C]`: small for a hard class.
  var lifts: [Double]
  /// Whether a design fixes how many examples of each class there are.
  var counts = ClassCounts.sampled
  /// Groups; `nil` for independent examples.
  var groups: Groups?
  /// Above 1 the model is over-confident.
  var sharpness = 1.0
  /// Whether the model was trained balanced: it leaves the priors out.
  var isBalanced = false
  /// What the model takes lifts and priors for, where it was fitted on few examples; `nil` knows them.
  var fitted: (lifts: [Double], priors: [Double])?
  /// Whether there is a second model on the same examples; half of the variance of its scores is its own.
  var second: Model?

  /// How a second model differs.
  struct Model: Sendable {
    var lifts: [Double]
    var isBalanced = false
  }

  /// Truths and groups, `[N]`, and each model's probabilities, `[N, C]` flat.
  struct Drawn {
    var truths: [Int] = []
    var groups: [String] = []
    var probabilities: [[Double]]
  }

  var classes: [String] { priors.indices.map { String(100 + $0) } }

  /// `n` examples, or groups of them.
  func draw(_ n: Int, _ random: inout RandomSource) -> Drawn {
    var drawn = Drawn(probabilities: second == nil ? [[]] : [[], []])
    guard let groups else {
      for place in 0..<n {
        let truth = counts == .fixed ? fixedClass(place, of: n) : sampledClass(&random)
        add(truth, common: nil, part: 0, to: &drawn, &random)
      }
      return drawn
    }
    for group in 0..<n {
      let (own, common) = (sampledClass(&random), priors.map { _ in random.normal() })
      for _ in 0..<groups.sizes[group % groups.sizes.count] {
        let isOwn = random.uniform() < groups.correlation
        let truth = isOwn ? own : sampledClass(&random)
        drawn.groups.append("\(group)")
        add(truth, common: common, part: groups.correlation, to: &drawn, &random)
      }
    }
    return drawn
  }

  private func sampledClass(_ random: inout RandomSource) -> Int {
    var rest = random.uniform()
    for (index, prior) in priors.enumerated() {
      rest -= prior
      if rest < 0 { return index }
    }
    return priors.count - 1
  }

  private func fixedClass(_ place: Int, of n: Int) -> Int {
    var (part, sum) = ((Double(place) + 0.5) / Double(n), 0.0)
    part = min(part, 1 - 1e-9)
    for (index, prior) in priors.enumerated() {
      sum += prior
      if part < sum { return index }
    }
    return priors.count - 1
  }

  private func add(
    _ truth: Int, common: [Double]?, part: Double, to drawn: inout Drawn,
    _ random: inout RandomSource
  ) {
    drawn.truths.append(truth)
    let noise = priors.indices.map { index in
      (common?[index] ?? 0) * part.squareRoot() + random.normal() * (1 - part).squareRoot()
    }
    drawn.probabilities[0] += softmax(noise, truth, lifts, isBalanced)
    guard let second else { return }
    let other = noise.map { ($0 + random.normal()) / 2.0.squareRoot() }
    drawn.probabilities[1] += softmax(other, truth, second.lifts, second.isBalanced)
  }

  private func softmax(
    _ noise: [Double], _ truth: Int, _ lifts: [Double], _ isBalanced: Bool
  ) -> [Double] {
    let logits = noise.indices.map { index in
      let z = noise[index] + (index == truth ? lifts[index] : 0)
      let believed = fitted?.lifts[index] ?? lifts[index]
      return sharpness
        * (believed * z - believed * believed / 2
          + (isBalanced ? 0 : log((fitted?.priors ?? priors)[index])))
    }
    let top = logits.max() ?? 0
    let weights = logits.map { exp($0 - top) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// Predictions of each model.
  func predictions(_ n: Int, _ random: inout RandomSource) -> [Predictions] {
    predictions(draw(n, &random))
  }

  private func predictions(_ drawn: Drawn) -> [Predictions] {
    drawn.probabilities.compactMap { probabilities in
      try? Predictions(
        classes: classes, paths: drawn.truths.indices.map { String(1_000_000 + $0) },
        truths: drawn.truths, probabilities: probabilities,
        columns: groups == nil ? [] : [.init("group", drawn.groups)])
    }
  }

  /// True values: those of 400,000 examples; of two models second minus first.
  func truths(_ names: [String]) -> [Double] {
    KnownTruths.shared("\(name): \(names)") { sampledTruths(names) }
  }

  private func sampledTruths(_ names: [String]) -> [Double] {
    var random = RandomKey(seed: 99).source
    let sizes = groups?.sizes ?? [1]
    let mean = Double(sizes.reduce(0, +)) / Double(sizes.count)
    let units = Int(400_000 / mean) / sizes.count * sizes.count
    let reports = predictions(draw(units, &random)).map { MetricsReport($0) }
    return names.map { name in
      let values = reports.map { $0[name] ?? .nan }
      return values.count == 2 ? values[1] - values[0] : values[0]
    }
  }
}
