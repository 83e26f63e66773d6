import Console
import Evaluation
import Runs
import Uncertainty

/// What `compare` prints.
enum CompareText {
  /// A table an imbalance.
  static func text(_ record: GridRecord, style: Style) -> String {
    record.parts.compactMap { part in
      part.comparison.map { comparison in
        title(part, comparison, record) + table(comparison, record.metric, style)
      }
    }.joined(separator: "\n")
      + missing(record) + record.conclusions.map { "\n\($0)\n" }.joined()
  }

  private static func title(
    _ part: GridRecord.Part, _ comparison: GridComparison, _ record: GridRecord
  ) -> String {
    let studies =
      record.studies(of: comparison).map { " of \(Format.decimal($0, places: 0)) studies" } ?? ""
    let tail = part.imbalance.map { "imbalance \($0.yaml) (\(record.shape)), " } ?? ""
    return
      "\(tail)\(record.trainings), \(Format.count(comparison.testRows)) test rows\(studies); differences of \(record.metric), each"
      + " interval for itself, verdicts by p after Holm\n\n"
  }

  private static func table(
    _ comparison: GridComparison, _ metric: String, _ style: Style
  ) -> String {
    let usual = ["mcc", "f1_macro", "balanced_accuracy"]
    let ofTargets = [
      "average_precision_macro", "roc_auc_macro", "f1_macro", "average_precision_macro_studies",
      "roc_auc_macro_studies", "mae", "rmse", "r2", "pearson",
    ].filter { name in comparison.rows.contains { $0.values[name] != nil } }
    let isOfClasses = comparison.ranks["mcc"] != nil
    let shown = [metric] + (isOfClasses ? usual : ofTargets).filter { $0 != metric }
    let shots = ["recall_many", "recall_medium", "recall_few"].filter { name in
      comparison.rows.contains { $0.values[name] != nil }
    }
    var table = TextTable(
      [.left("method")] + shown.map { .right($0) } + shots.map { .right($0) }
        + ["difference", "p Holm", "rank", "cost"].map { .right($0) })
    for (number, row) in comparison.rows.enumerated() {
      let difference = row.differences[metric]
      table.add(
        [row.label] + (shown + shots).map { value(row.values[$0]) } + [
          difference.map(Self.difference) ?? "",
          difference?.adjusted.map { $0 < 0.001 ? "<0.001" : Format.decimal($0) } ?? "",
          comparison.rank(number, by: metric).map { Format.decimal($0, places: 1) } ?? "",
          comparison.cost(of: number).map { Format.decimal($0, places: 1) } ?? "",
        ])
    }
    return table.text(style: style)
  }

  private static func value(_ value: RepeatedValue?) -> String {
    guard let value, let mean = value.mean else { return "n/a" }
    return Format.decimal(mean) + (value.deviation.map { " ± \(Format.decimal($0))" } ?? "")
  }

  private static func difference(_ difference: RepeatedDifference) -> String {
    guard let mean = difference.mean else { return "n/a" }
    let sign = mean > 0 ? "+" : ""
    let range = difference.interval.map {
      " (\(Format.decimal($0.low)) to \(Format.decimal($0.high)))"
    }
    return sign + Format.decimal(mean) + (range ?? "")
  }

  private static func missing(_ record: GridRecord) -> String {
    guard !record.missing.isEmpty else { return "" }
    return "\nwithout a result:\n"
      + record.missing.map {
        "  \($0.cell): \($0.status)\($0.reason.isEmpty ? "" : ", \($0.reason)")\n"
      }
      .joined()
  }
}
