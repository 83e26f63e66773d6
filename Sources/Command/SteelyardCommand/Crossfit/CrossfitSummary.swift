import Console
import Files
import Runs

/// What `crossfit` prints when it is done.
struct CrossfitSummary: Encodable {
  /// The folder of the cross-fit.
  var path: String
  /// The metrics of all images together, each judged by the model that has not seen it.
  var pooled: Judgement
  /// Metrics over the folds.
  var folds: FoldsRecord?

  /// All images together, and a line a metric over the folds.
  func text(style: Style) -> String {
    let table = FilePath.join(path, "predictions-crossfit.csv")
    return """
      all images, each by the model that has not seen its fold:

      \(ReportText.text(pooled.report, intervals: pooled.assessment, style: style))
      \(folds.map { FoldText.text($0, style: style) } ?? "")
      predictions: \(table)
      next:        \(style("steelyard report \(table)", .cyan))

      """
  }
}
