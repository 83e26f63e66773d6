public import Evaluation
import Requirements

/// What a model said about examples of which each may have any number of labels.
///
/// ```swift
/// let predictions = try LabelPredictions.read("findings.csv")
/// predictions.one(3)  // label 3 against its absence, as predictions of two classes
/// ```
///
/// A label of an example is there, is not there, or is not known; what is not known is in no metric of
/// that label. Probabilities are of each label by itself and need not sum to 1.
public struct LabelPredictions: Sendable, Equatable {
  /// Names of the labels, `[L]`.
  public let labels: [String]
  /// What identifies each example, `[N]`, all different.
  public let paths: [String]
  /// Whether each example has each label, `[N, L]` flat; `nil` where not known.
  public let truths: [Bool?]
  /// Probability of each label, `[N, L]` flat, each in 0…1.
  public let probabilities: [Double]
  /// Columns carried along, `[N]` each.
  public let carried: CarriedColumns

  /// A set of predictions.
  ///
  /// - Parameters:
  ///   - labels: Names of the labels, `[L]`, at least one, all different.
  ///   - paths: What identifies each example, `[N]`, all different.
  ///   - truths: Whether each example has each label, `[N, L]` flat; `nil` where not known.
  ///   - probabilities: `[N, L]` flat, each in 0…1.
  ///   - carried: Columns carried along, `[N]` each.
  /// - Precondition: the lengths agree, names differ, and probabilities lie in 0…1.
  public init(
    labels: [String], paths: [String], truths: [Bool?], probabilities: [Double],
    carried: CarriedColumns = CarriedColumns()
  ) {
    let size = labels.count * paths.count
    require(
      truths.count == size && probabilities.count == size
        && carried.columns.allSatisfy { $0.values.count == paths.count },
      "LabelPredictions: expected \(paths.count) × \(labels.count) truths and probabilities, got"
        + " \(truths.count) and \(probabilities.count)")
    require(
      !labels.isEmpty && Set(labels).count == labels.count && Set(paths).count == paths.count
        && probabilities.allSatisfy { $0 >= 0 && $0 <= 1 },
      "LabelPredictions: expected labels and paths that differ and probabilities in 0...1")
    (self.labels, self.paths, self.truths) = (labels, paths, truths)
    (self.probabilities, self.carried) = (probabilities, carried)
  }

  /// Number of examples `N`.
  public var count: Int { paths.count }

  /// Rows of the examples of which a label is known, ascending, `[known]`.
  ///
  /// - Precondition: `label` lies in `0..<L`.
  public func known(_ label: Int) -> [Int] {
    require(
      labels.indices.contains(label),
      "LabelPredictions: expected a label in 0..<\(labels.count), got \(label)")
    return (0..<count).filter { truths[$0 * labels.count + label] != nil }
  }

  /// Examples that have each label, `[L]`.
  public var positives: [Int] {
    labels.indices.map { label in
      (0..<count).count { truths[$0 * labels.count + label] == true }
    }
  }

  /// One label against its absence, where it is known: predictions of the classes `not LABEL` and `LABEL`, the second
  /// the positive one, so that everything that is known of two classes holds for a label.
  ///
  /// - Parameters:
  ///   - label: The label, in `0..<L`.
  ///   - threshold: From this probability on the label is said to be there.
  /// - Returns: `nil` where the label is known of no example.
  public func one(_ label: Int, threshold: Double = 0.5) -> Predictions? {
    let rows = known(label)
    guard !rows.isEmpty else { return nil }
    let scores = rows.map { probabilities[$0 * labels.count + label] }
    var found = try? Predictions(
      classes: ["not \(labels[label])", labels[label]], paths: rows.map { paths[$0] },
      truths: rows.map { truths[$0 * labels.count + label] == true ? 1 : 0 },
      predicted: scores.map { $0 >= threshold ? 1 : 0 },
      probabilities: scores.flatMap { [1 - $0, $0] }, columns: carried.keeping(rows).columns)
    found?.positive = PositiveClass(1, because: .named)
    return found
  }

  /// Some of the rows, in the order asked for.
  ///
  /// - Parameter rows: Numbers of rows, `[M]`.
  /// - Returns: M examples.
  /// - Precondition: the rows lie in `0..<N` and differ.
  public func keeping(_ rows: [Int]) -> LabelPredictions {
    let width = labels.count
    return LabelPredictions(
      labels: labels, paths: rows.map { paths[$0] },
      truths: rows.flatMap { truths[$0 * width..<($0 + 1) * width] },
      probabilities: rows.flatMap { probabilities[$0 * width..<($0 + 1) * width] },
      carried: carried.keeping(rows))
  }
}
