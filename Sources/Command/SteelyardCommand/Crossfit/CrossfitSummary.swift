import Console
import Files
import Reports
import Runs
import Targets

/// What `crossfit` prints when it is done.
struct CrossfitSummary: Encodable {
  /// The metrics of all images together.
  enum Pooled: Encodable {
    /// Of classes.
    case classes(Judgement)
    /// Of labels or numbers: the JSON, and the sheets that show it; of studies those of studies, then those of their images.
    case other(TargetKind, any Encodable & Sendable, [TargetSheet])

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .classes(let judgement): try judgement.encode(to: encoder)
      case .other(_, let found, _): try found.encode(to: encoder)
      }
    }
  }

  /// The folder of the cross-fit.
  var path: String
  /// The metrics of all images together, each judged by the model that has not seen it.
  var pooled: Pooled
  /// Metrics over the folds.
  var folds: FoldsRecord?

  /// All images together, and a line a metric over the folds.
  func text(style: Style) -> String {
    let table = FilePath.join(path, "predictions-crossfit.csv")
    let (shown, task) =
      switch pooled {
      case .classes(let judgement):
        (ReportText.text(judgement.report, intervals: judgement.assessment, style: style), "")
      case .other(let kind, _, let sheets):
        (
          sheets.map { TargetText.text($0, style: style) }.joined(separator: "\n"),
          " --task \(kind.rawValue)"
        )
      }
    return """
      all images, each by the model that has not seen its fold:

      \(shown)
      \(folds.map { FoldText.text($0, style: style) } ?? "")
      predictions: \(table)
      next:        \(style("steelyard report \(table)\(task)", .cyan))

      """
  }
}
