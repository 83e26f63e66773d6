import ArgumentParser
import Audit

/// Labels of several raters in `audit`.
struct RaterFlags: ParsableArguments {
  @Option(
    name: .customLong("raters"),
    help: ArgumentHelp(
      "Labels of several raters: a table with path, rater and label, or with path and a column for each rater; audited in place of the labels, alone or with predictions.",
      valueName: "ratings"))
  var ratings: String?

  @Option(
    help: ArgumentHelp(
      "Columns of --raters that hold raters, with commas between (default: found, and said).",
      valueName: "columns"))
  var raterColumns: String?

  @Option(
    help: ArgumentHelp(
      "How the consensus of --raters is made (default: \(RaterAudit.Method.crowdlab.rawValue) with predictions, else \(RaterAudit.Method.dawidSkene.rawValue)).",
      valueName: "how"))
  var consensus: RaterAudit.Method?

  /// The named columns.
  var columns: [String]? {
    raterColumns.map { $0.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty } }
  }

  func validate() throws {
    if let columns, columns.count < 2 {
      throw ValidationError(
        "--rater-columns: expected the names of two columns or more with commas between, got '\(raterColumns ?? "")'."
      )
    }
    guard ratings == nil else { return }
    let others = [("--rater-columns", raterColumns != nil), ("--consensus", consensus != nil)]
    if let one = others.first(where: \.1) {
      throw ValidationError("\(one.0): it is of labels of several raters, and goes with --raters.")
    }
  }
}
