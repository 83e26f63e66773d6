public import Runs
import Uncertainty

/// `report.json`.
extension ReportDocument: VersionedJSON {
  /// The form of the document.
  public static var currentFormat: Int { 1 }
  /// A report follows from the other files of the run.
  public static var remedy: String { "make the report of the run anew" }
  /// Of the first part that is not as long as the classes that it is about, or counts fewer than none.
  public var disagreement: String? {
    if runs.isEmpty { return "runs: expected at least one" }
    for row in comparisons.compactMap(\.comparison).flatMap(\.perClass) where row.support < 0 {
      return "comparisons: expected how many examples \(row.name) has, got \(row.support)"
    }
    return runs.lazy.compactMap(\.disagreement).first.map { "runs: \($0)" }
  }
}
