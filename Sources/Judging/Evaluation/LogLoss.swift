#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Mean of −ln p of the true class, in nats; `nil` without examples.
///
/// Probabilities are held within ε…1 − ε, ε = 2⁻⁵², as scikit-learn's `log_loss` does for float64, so
/// one confident mistake costs at most 36.04 and the mean stays finite.
public struct LogLoss: Accumulator, Equatable, Codable {
  private var sum = ExactSum.zero
  private var count = 0

  /// An empty accumulator.
  public init() {}

  /// Takes in one example.
  public mutating func add(_ outcome: Outcome) {
    let probabilities = outcome.probabilities
    let p = probabilities[probabilities.startIndex + outcome.truth]
    sum.add(-log(min(max(p, Double.ulpOfOne), 1 - Double.ulpOfOne)))
    count += 1
  }

  /// Takes in the examples of another accumulator.
  public mutating func merge(_ other: LogLoss) {
    sum.merge(other.sum)
    count += other.count
  }

  /// The mean, in nats.
  public var value: Double? { count == 0 ? nil : sum.value / Double(count) }
}
