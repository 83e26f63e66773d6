import Requirements

/// The number of each of N training examples: all that samplers and methods may know of the data before training, where
/// the target is a number.
///
/// Networks and losses see it in units of its own, (y − mean) / scale with mean and standard deviation of the training part;
/// who is drawn how often goes by ranges of it, which stand in for classes (``bins``).
public struct NumberTable: Sendable, Equatable {
  /// The numbers as they stand in the data, `[N]`.
  public let values: [Double]
  /// The mean of the numbers.
  public let mean: Double
  /// Their standard deviation, divided by N; 1 where all are the same.
  public let scale: Double
  /// Ranges of the number, in its own units.
  public let bins: ValueBins
  /// The range of each number, `[N]`.
  public let places: [Int]

  /// Ranges that stand in for classes, before empty ones are left out.
  public static let binCount = 10

  /// - Parameters:
  ///   - values: the numbers, `[N]`, finite, at least one.
  ///   - bins: ranges that stand in for classes, before empty ones are left out.
  /// - Precondition: there are numbers, and they are finite.
  public init(_ values: [Double], bins count: Int = binCount) {
    bins = ValueBins(of: values, count: count)
    self.values = values
    let n = Double(values.count)
    let first = values[0]
    // The mean of equal numbers is another one by its last digit, and so would be a scale.
    let areEqual = values.allSatisfy { $0 == first }
    let mean = areEqual ? first : values.reduce(0) { $0 + $1 / n }
    let variance = areEqual ? 0 : values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / n }
    (self.mean, scale) = (mean, variance > 0 ? variance.squareRoot() : 1)
    let lows = bins.ranges.map(\.low)
    places = values.map { ValueBins.place(of: $0, among: lows) }
  }

  /// Number of examples, N.
  public var count: Int { values.count }

  /// The numbers as networks see them, `[N]`.
  public var standardized: [Double] { values.map { ($0 - mean) / scale } }

  /// Examples in each range, `[B]`.
  public var counts: [Int] {
    places.reduce(into: [Int](repeating: 0, count: bins.count)) { $0[$1] += 1 }
  }
}
