public import Evaluation
public import Uncertainty

/// What the folds of a cross-fit came to, each judged by the model that has not seen it: `folds-crossfit.json`.
public struct FoldsRecord: VersionedJSON, Equatable {
  /// What each fold is called, `[K]`.
  public var names: [String]
  /// Examples of each fold, `[K]`.
  public var sizes: [Int]
  /// Metrics by name, each with its value in every fold, mean, deviation and interval.
  public var metrics: [String: FoldSummary]

  /// A record of its parts.
  public init(names: [String], sizes: [Int], metrics: [String: FoldSummary]) {
    (self.names, self.sizes, self.metrics) = (names, sizes, metrics)
  }

  /// Most folds that a column is taken for.
  private static let most = 100

  /// The metrics of each fold's rows, told by the column `fold`; `nil` where there is no such
  /// column, or it has not two folds or more.
  ///
  /// - Parameters:
  ///   - predictions: What the models said, probabilities `[N, C]`, with the truth; of two classes
  ///     the positive one is the same in all folds.
  ///   - level: Coverage of the intervals, between 0 and 1, both excluded.
  /// - Throws: what ``Predictions/keeping(_:)`` throws.
  /// - Precondition: `level` lies between 0 and 1.
  public init?(_ predictions: Predictions, level: Double = 0.95) throws(PredictionsError) {
    guard let column = predictions.column("fold") else { return nil }
    var rows: [String: [Int]] = [:]
    for (row, name) in column.enumerated() { rows[name, default: []].append(row) }
    guard (2...Self.most).contains(rows.count) else { return nil }
    // 10 after 9 where they are numbers.
    let names = rows.keys.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    let positive = predictions.positiveClass(shots: nil)
    var reports: [MetricsReport] = []
    for name in names {
      var part = try predictions.keeping(rows[name] ?? [])
      part.positive = positive
      reports.append(MetricsReport(part, shots: nil))
    }
    self.init(
      names: names, sizes: reports.map(\.n), metrics: FoldSummary.all(reports, level: level))
  }

  /// It follows from the predictions beside it.
  public static var remedy: String {
    "restore it from a copy, or delete it: it can be made anew from the predictions"
  }
}
