import Console
import Decisions
import Evaluation
import Uncertainty

/// What a fusion comes to, for a terminal.
struct FusionText {
  let report: FusionReport
  /// Cells of judged rows that were not so in the fit, by column.
  let strange: [(column: String, count: Int)]

  /// Metrics that are shown.
  static let metrics = [
    "balanced_accuracy", "roc_auc_ovr", "average_precision", "log_loss",
  ]

  func text(style: Style) -> String {
    let shown = Self.metrics.filter { name in
      report.parts.contains { $0.comparison.metrics[name]?.difference != nil }
    }
    var table = TextTable([.left("left out")] + shown.map { .right($0) })
    table.add(
      ["nothing"] + shown.map { Format.decimal(report.parts[0].comparison.metrics[$0]?.second) })
    for part in report.parts {
      table.add([part.name] + shown.map { change(part.comparison.metrics[$0]) })
    }
    let comparison = report.parts[0].comparison
    let judged =
      report.folds.map { "each row judged by a head that has not seen its fold, of \($0)" }
      ?? "the head is fitted to validation"
    return table.text(style: style) + "\n"
      + "Each row says what is gained with that part, and the interval of the gain; of log_loss a gain is below 0.\n"
      + judged + "; C \(Format.decimal(report.head.c))\n"
      + report.head.columns.map { $0.statement + "\n" }.joined()
      + strange.map { "\($0.column): \($0.count) cells are unlike those of the fit\n" }.joined()
      + EstimateText.resamples(comparison.resampling, images: comparison.n)
      + EstimateText.madeBy(shown.map { ($0, comparison.metrics[$0]?.interval) }) + "\n"
  }

  private func change(_ difference: Difference?) -> String {
    guard let change = difference?.difference else { return "n/a" }
    let sign = change > 0 ? "+" : ""
    let span = difference?.interval.map {
      " [\(Format.decimal($0.low)), \(Format.decimal($0.high))]"
    }
    return sign + Format.decimal(change) + (span ?? "")
  }
}

/// The same as JSON.
struct FusionJSON: Encodable {
  let n: Int
  let classes: [String]
  let c: Double
  let folds: Int?
  /// Of the folds.
  let seed: UInt64
  /// The table of the columns.
  let table: String
  /// What the cells of the columns are taken for.
  let columns: [FusionColumn]
  /// First without the part, second with everything.
  let leftOut: [FusionReport.Part]
  /// Cells of judged rows that were not so in the fit, by column.
  let strangeCells: [String: Int]

  private enum CodingKeys: String, CodingKey {
    case n, classes, c, folds, seed, table, columns
    case leftOut = "left_out"
    case strangeCells = "strange_cells"
  }

  init(
    _ report: FusionReport, seed: UInt64, table: String, strange: [(column: String, count: Int)]
  ) {
    (self.seed, self.table, columns) = (seed, table, report.head.columns)
    (n, classes, c) = (report.parts[0].comparison.n, report.head.classes, report.head.c)
    (folds, leftOut) = (report.folds, report.parts)
    strangeCells = Dictionary(uniqueKeysWithValues: strange.map { ($0.column, $0.count) })
  }
}
