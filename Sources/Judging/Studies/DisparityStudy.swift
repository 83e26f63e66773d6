import Foundation
public import Randomness
import Requirements

/// How much farther adversarial training drives the accuracies of a large and a small class apart, where classes are
/// imbalanced and where noise has heavy tails.
///
/// Two classes lie at ±s along one direction in noise of a ``StableLaw``; the large one is R times as frequent. A linear
/// classifier that flags the large class beyond b errs, under an attack that moves an example by ε along the direction,
/// with the risk `R F(b − s′) + F(−b − s′)`, `s′ = s − ε`. Its best b (with normal noise `−ln R / 2s′`) gives the
/// accuracies on examples that nobody attacks, `1 − F(b − s)` and `F(b + s)`, and their difference is the disparity. Ties
/// go to answering the large class always, which costs 1.
///
/// Beside that exact answer stands what is learned from a sample: logistic regression on n examples in d dimensions
/// under the exact loss of an attack in ℓ∞, `log(1 + exp(−(y (w·x + b) − ε‖w‖₁/√d)))`, and its accuracies by F.
///
/// Source: Hu et al., "Understanding the Impact of Adversarial Robustness on Accuracy Disparity", ICML 2023. Departs from
/// it: noise of heavy tails is spherical, so that one F serves all directions, and d is 20, not 100.
public struct DisparityStudy: Sendable, Equatable, Codable {
  /// R, in the order of the table; each at least 1.
  public var ratios = [1.0, 2, 5, 10]
  /// Indices of the laws of the noise.
  public var laws = [2.0, 1.5, 1].map { StableLaw(alpha: $0) }
  /// s, above 0.
  public var separation = 1.5
  /// ε, at least 0 and below s.
  public var attack = 1.0
  /// n, examples of a sample.
  public var examples = 2000
  /// d.
  public var dimensions = 20
  /// Samples that are learned from.
  public var repetitions = 3

  /// Accuracies of the large and the small class, unattacked.
  public struct Accuracies: Sendable, Equatable, Codable {
    /// Of the class that is R times as frequent.
    public let large: Double
    /// Of the other.
    public let small: Double
    /// The difference.
    public var disparity: Double { large - small }
  }

  /// One law and one ratio.
  public struct Result: Sendable, Equatable, Codable {
    /// Law of the noise.
    public let law: StableLaw
    /// R.
    public let ratio: Double
    /// Of the classifier that is best without an attack.
    public let plain: Accuracies
    /// Of the one that is best under the attack.
    public let robust: Accuracies
    /// Disparities of what is learned from samples without attacks in training, `[M]`, one for each
    /// of M repetitions.
    public let learnedPlain: [Double]
    /// Disparities of what is learned from samples with attacks in training, `[M]`, one for each
    /// of M repetitions.
    public let learnedRobust: [Double]

    /// What robustness adds to the disparity.
    public var added: Double { robust.disparity - plain.disparity }

    enum CodingKeys: String, CodingKey {
      case law, ratio, plain, robust
      case learnedPlain = "learned_plain"
      case learnedRobust = "learned_robust"
    }
  }

  /// The study with the numbers above.
  public init() {}

  /// All laws and ratios.
  ///
  /// - Parameter key: Key of the samples; the same key gives the same numbers.
  /// - Precondition: `0 ≤ ε < s`, ratios of at least 1, at least 2 examples and a dimension.
  public func results(key: RandomKey) -> [Result] {
    require(
      separation > 0 && attack >= 0 && attack < separation && ratios.allSatisfy { $0 >= 1 }
        && examples >= 2 && dimensions >= 1 && repetitions >= 0,
      "DisparityStudy: expected an attack shorter than the separation, and ratios of at least 1, got \(self)"
    )
    return laws.enumerated().flatMap { number, law in
      ratios.enumerated().map { place, ratio in
        let own = key.folding(number).folding(place)
        return Result(
          law: law, ratio: ratio, plain: exact(law, ratio, attack: 0),
          robust: exact(law, ratio, attack: attack),
          learnedPlain: learned(law, ratio, attack: 0, key: own),
          learnedRobust: learned(law, ratio, attack: attack, key: own))
      }
    }
  }

  /// Accuracies of the linear classifier that is best under an attack.
  public func exact(_ law: StableLaw, _ ratio: Double, attack: Double) -> Accuracies {
    let reach = separation - attack
    func risk(_ b: Double) -> Double {
      ratio * law.probability(below: b - reach) + law.probability(below: -b - reach)
    }
    // From 0 to the left, where the small class loses ground; far out steps may be larger.
    let places = (0...60).map { -0.1 * (exp(Double($0) / 10) - 1) }
    let best = places.indices.min { risk(places[$0]) < risk(places[$1]) } ?? 0
    var (low, high) = (
      places[min(best + 1, places.count - 1)], places[max(best - 1, 0)] + (best == 0 ? 0.05 : 0)
    )
    for _ in 0..<60 {
      let (one, two) = (low + (high - low) * 0.381966, low + (high - low) * 0.618034)
      if risk(one) < risk(two) { high = two } else { low = one }
    }
    let b = (low + high) / 2
    guard risk(b) < 1 else { return Accuracies(large: 1, small: 0) }
    return Accuracies(
      large: law.probability(below: separation - b), small: law.probability(below: separation + b))
  }

  private func learned(_ law: StableLaw, _ ratio: Double, attack: Double, key: RandomKey)
    -> [Double]
  {
    (0..<repetitions).map { repetition in
      var random = key.folding(repetition).source
      let sample = LinearSample(self, law, ratio, using: &random)
      let (weights, bias) = sample.fitted(attack: attack)
      let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let along = weights.reduce(0, +) / Double(dimensions).squareRoot() * separation
      guard length > 0 else { return bias > 0 ? 1 : -1 }
      return law.probability(below: (along + bias) / length)
        - law.probability(below: (along - bias) / length)
    }
  }
}

/// Examples of two classes around ±s (1, …, 1)/√d.
struct LinearSample {
  let dimensions: Int
  /// `[n, d]`.
  var rows: [Double] = []
  /// 1 of the large class, −1 of the small one, `[n]`.
  var signs: [Double] = []

  init(
    _ study: DisparityStudy, _ law: StableLaw, _ ratio: Double, using random: inout RandomSource
  ) {
    dimensions = study.dimensions
    let large = Int((Double(study.examples) * ratio / (ratio + 1)).rounded())
    let place = study.separation / Double(dimensions).squareRoot()
    for number in 0..<study.examples {
      let sign = number < large ? 1.0 : -1
      let stretch = law.stretch(using: &random)
      signs.append(sign)
      for _ in 0..<dimensions { rows.append(sign * place + stretch * random.normal()) }
    }
  }

  /// Weights and bias of the least mean loss under an attack, by 400 steps of Adam whose rate falls to 0.
  func fitted(attack: Double) -> (weights: [Double], bias: Double) {
    let steps = 400
    var values = [Double](repeating: 0, count: dimensions + 1)
    var (first, second) = (values, values)
    for step in 1...steps {
      let slope = gradient(values, attack)
      let rate = 0.05 * (1 - Double(step - 1) / Double(steps))
      for place in values.indices {
        first[place] = 0.9 * first[place] + 0.1 * slope[place]
        second[place] = 0.999 * second[place] + 0.001 * slope[place] * slope[place]
        let (m, v) = (
          first[place] / (1 - pow(0.9, Double(step))),
          second[place] / (1 - pow(0.999, Double(step)))
        )
        values[place] -= rate * m / (v.squareRoot() + 1e-8)
      }
    }
    return (Array(values.dropLast()), values[dimensions])
  }

  private func gradient(_ values: [Double], _ attack: Double) -> [Double] {
    let share = attack / Double(dimensions).squareRoot()
    let loss = share * values.dropLast().reduce(0) { $0 + abs($1) }
    var slope = [Double](repeating: 0, count: dimensions + 1)
    var shrink = 0.0
    rows.withUnsafeBufferPointer { rows in
      for (number, sign) in signs.enumerated() {
        var score = values[dimensions]
        for place in 0..<dimensions { score += values[place] * rows[number * dimensions + place] }
        let weight = 1 / (1 + exp(sign * score - loss))
        for place in 0..<dimensions {
          slope[place] -= weight * sign * rows[number * dimensions + place]
        }
        slope[dimensions] -= weight * sign
        shrink += weight
      }
    }
    for place in 0..<dimensions {
      slope[place] += shrink * share * (values[place] > 0 ? 1 : values[place] < 0 ? -1 : 0)
    }
    return slope.map { $0 / Double(signs.count) }
  }
}
