/// Mean squared distance of the probabilities from the truth; `nil` without examples.
///
/// `1/N Σ_n Σ_k (p_nk − [y_n = k])²`, 0…2: the sum is over all classes, also with two of them
/// (scikit-learn: `brier_score_loss(…, scale_by_half=False)`; its binary default is half of this).
///
/// Source: Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather
/// Review 78, 1950.
public struct BrierScore: Accumulator, Equatable, Codable {
  private var sum = ExactSum.zero
  private var count = 0

  /// An empty accumulator.
  public init() {}

  /// Takes in one example.
  public mutating func add(_ outcome: Outcome) {
    sum.add(Self.distance(of: outcome.probabilities, from: outcome.truth))
    count += 1
  }

  /// Takes in the examples of another accumulator.
  public mutating func merge(_ other: BrierScore) {
    sum.merge(other.sum)
    count += other.count
  }

  /// The mean, 0…2.
  public var value: Double? { count == 0 ? nil : sum.value / Double(count) }

  /// One example's `Σ_k (p_k − [y = k])²`. Summed exactly, so that the order of classes is of no
  /// matter.
  package static func distance(of probabilities: ArraySlice<Double>, from truth: Int) -> Double {
    let truth = probabilities.startIndex + truth
    var sum = ExactSum.zero
    for index in probabilities.indices {
      let error = index == truth ? 1 - probabilities[index] : probabilities[index]
      sum.add(error * error)
    }
    return sum.value
  }
}
