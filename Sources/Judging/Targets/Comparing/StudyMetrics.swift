import Evaluation
import Files

/// Metrics of studies as functions of how often each of their views counts, so that they are resampled as those of images are.
///
/// A study counts as often as its views do in the mean. Where whole groups are drawn, and each study lies in one as in a run, that is
/// how often its group was drawn.
package struct StudyMetrics: Sendable {
  /// What stands behind the name of a metric of images where it is of studies.
  package static let suffix = "_studies"
  /// Names in the order of ``values(_:)``: those of ``LabelMetrics`` with the suffix.
  package static let names = LabelMetrics.names.map { $0 + suffix }

  /// Name of the number of studies beside the metrics.
  package static let countName = "n_studies"

  /// Number of studies.
  let count: Int
  private let metrics: LabelMetrics
  /// Rows of the views of each study.
  private let views: [[Int]]

  /// - Parameters:
  ///   - images: What the model said of the views.
  ///   - join: The column of the studies, and how probabilities become one.
  ///   - thresholds: Stored thresholds, `[L]`, where there are any.
  ///   - shots: Labels grouped by training examples, `[L]`, where known.
  ///   - file: What errors call the table.
  /// - Throws: `FileError.malformed` where there is no such column.
  init(
    _ images: LabelPredictions, by join: ChosenJoin, thresholds: [Double]?, shots: ShotGroups?,
    file: String
  ) throws(FileError) {
    views = try images.views(by: join.column, file: file)
    metrics = LabelMetrics(
      try images.studies(by: join.column, join.join, file: file), thresholds: thresholds,
      shots: shots)
    count = views.count
  }

  /// Each metric over all labels; NaN where undefined.
  ///
  /// - Parameter weights: How often each view counts, `[N]`.
  func values(_ weights: [Double]) -> [Double] {
    let own = views.map { rows in
      rows.reduce(0) { $0 + weights[$1] } / Double(rows.count)
    }
    return Array(metrics.values(own).prefix(LabelMetrics.names.count))
  }

  /// Metrics of studies by the names that they have beside those of images.
  package static func named(_ values: [String: Double]) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: values.map { ($0 + suffix, $1) })
  }

  /// The name of the same metric of images.
  package static func plain(_ name: String) -> String {
    name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
  }
}
