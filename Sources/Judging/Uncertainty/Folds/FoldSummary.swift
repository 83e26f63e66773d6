public import Evaluation
import Requirements

/// A metric over the folds of a cross-fit: its value in each, their mean, and an interval of the mean.
///
/// The interval is `mean ± t · s · √(1/k + 1/(K − 1))` with the deviation s of the k values that are defined and
/// t of Student's distribution with k − 1 degrees of freedom: training parts of the folds share most of their
/// examples, so that the plain s/√K is too small, and 1/(K − 1) is the size of a fold beside that of its training
/// part. It says how far the mean would move with other data of this size, training included.
///
/// Source: Nadeau and Bengio, "Inference for the Generalization Error", Machine Learning 52, 2003.
public struct FoldSummary: Sendable, Equatable, Codable {
  /// The value in each fold, `[K]`; `nil` where it is undefined.
  public let values: [Double?]
  /// Mean of the values that are defined; `nil` where none is.
  public let mean: Double?
  /// Their standard deviation, with n − 1; `nil` of fewer than two.
  public let deviation: Double?
  /// The interval of the mean; `nil` of fewer than two values.
  public let interval: Interval?

  /// The summary of a metric's values.
  ///
  /// - Parameters:
  ///   - values: One for each fold, `[K]`, K at least 2.
  ///   - level: Coverage of the interval, between 0 and 1, both excluded.
  /// - Precondition: There are at least two folds.
  public init(_ values: [Double?], level: Double = 0.95) {
    require(
      values.count >= 2, "FoldSummary: expected values of at least 2 folds, got \(values.count)")
    self.values = values
    let known = values.compactMap(\.self)
    let count = Double(known.count)
    let mean = known.reduce(0, +) / count
    self.mean = known.isEmpty ? nil : mean
    guard known.count >= 2 else {
      (deviation, interval) = (nil, nil)
      return
    }
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    deviation = variance.squareRoot()
    let share = 1 / count + 1 / Double(values.count - 1)
    let half =
      studentQuantile(level: level, freedom: known.count - 1) * (variance * share).squareRoot()
    interval = Interval(low: mean - half, high: mean + half, level: level)
  }

  /// Every metric that is defined in some fold, by name.
  ///
  /// - Parameters:
  ///   - reports: One for each fold, `[K]`, K at least 2.
  ///   - level: Coverage of the intervals, between 0 and 1, both excluded.
  public static func all(_ reports: [MetricsReport], level: Double = 0.95) -> [String: FoldSummary]
  {
    let names = Set(reports.flatMap(\.values.keys))
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, FoldSummary(reports.map { $0[name] }, level: level))
      })
  }

  /// Every metric that is defined in some fold, by name, of targets that are no classes.
  ///
  /// - Parameters:
  ///   - values: The metrics that are defined in each fold by their names, `[K]`, K at least 2.
  ///   - level: Coverage of the intervals, between 0 and 1, both excluded.
  public static func all(
    values: [[String: Double]], level: Double = 0.95
  ) -> [String: FoldSummary] {
    let names = Set(values.flatMap(\.keys))
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, FoldSummary(values.map { $0[name] }, level: level))
      })
  }
}
