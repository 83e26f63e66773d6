import Requirements

/// One evaluated example: what it is, and what the model said.
public struct Outcome: Sendable {
  /// Index of the true class, `0..<C`.
  public let truth: Int
  /// Index of the decided class, `0..<C`.
  public let predicted: Int
  /// Probability of each class, `[C]`.
  public let probabilities: ArraySlice<Double>

  /// An outcome.
  ///
  /// - Parameters:
  ///   - truth: Index of the true class, `0..<C`.
  ///   - predicted: Index of the decided class; `nil` takes the most probable, the first of equals.
  ///   - probabilities: Probability of each class, `[C]`.
  /// - Precondition: `probabilities` is not empty, and both indices lie in `0..<C`.
  public init(truth: Int, predicted: Int? = nil, probabilities: ArraySlice<Double>) {
    let classes = probabilities.count
    let predicted = predicted ?? Evaluation.mostProbable(probabilities)
    require(
      (0..<classes).contains(truth) && (0..<classes).contains(predicted),
      "Outcome: expected classes in 0..<\(classes), got truth \(truth), predicted \(predicted)")
    self.truth = truth
    self.predicted = predicted
    self.probabilities = probabilities
  }

  /// The most probable class; of equals the decided one where it is among them, so that the order of the
  /// classes does not matter, else the first.
  package var mostProbable: Int {
    let first = Evaluation.mostProbable(probabilities)
    let start = probabilities.startIndex
    return probabilities[start + predicted] == probabilities[start + first] ? predicted : first
  }
}

/// A quantity gathered example by example, the same however the examples are split or ordered.
///
/// Adding examples one at a time, in batches, or in parts counted by several processes and merged
/// in any order gives the same `value`, bit for bit: an accumulator holds counts, exact sums or the
/// scores themselves, never a running mean.
public protocol Accumulator: Sendable {
  /// What the accumulator amounts to.
  associatedtype Value

  /// Takes in one example.
  mutating func add(_ outcome: Outcome)

  /// Takes in everything that `other` has counted.
  mutating func merge(_ other: Self)

  /// The quantity over all that was added so far.
  var value: Value { get }
}

/// Index of the largest entry, the first of equals, as `numpy.argmax` has it.
func mostProbable(_ probabilities: ArraySlice<Double>) -> Int {
  var best = probabilities.startIndex
  for index in probabilities.indices where probabilities[index] > probabilities[best] {
    best = index
  }
  return best - probabilities.startIndex
}
