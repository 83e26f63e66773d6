package import Console
package import Evaluation

/// Metrics as people read them.
package enum ReportText {
  /// A row per class, then the summary; undefined values are `n/a`.
  package static func text(_ report: MetricsReport, style: Style = .plain) -> String {
    table(report).text(style: style) + "\n" + summary(report)
  }

  /// The same in Markdown.
  package static func markdown(_ report: MetricsReport) -> String {
    table(report).markdown() + "\n"
      + summary(report).split(separator: "\n")
      .map { "- \($0)\n" }.joined()
  }

  private static func table(_ report: MetricsReport) -> TextTable {
    var table = TextTable([
      .left("class"), .right("train"), .right("n"), .right("correct"), .right("recall"),
      .right("95 % interval"), .right("precision"), .right("F1"), .right("AUROC"),
    ])
    for row in report.perClass {
      let interval = row.recallInterval.map {
        "\(Format.decimal($0.low, places: 2))–\(Format.decimal($0.high, places: 2))"
      }
      table.add([
        row.name, row.training.map(Format.count) ?? "", Format.count(row.support),
        Format.count(row.correct), Format.decimal(row.recall), interval ?? "n/a",
        Format.decimal(row.precision), Format.decimal(row.f1), Format.decimal(row.rocAUC),
      ])
    }
    return table
  }

  /// One line per number that counts; means over classes say over how many.
  private static func summary(_ report: MetricsReport) -> String {
    let names = [
      "mcc", "balanced_accuracy", "f1_macro", "roc_auc_ovr", "accuracy", "recall_many",
      "recall_medium", "recall_few",
    ]
    return names.filter { report[$0] != nil || !$0.hasPrefix("recall_") }.map { name in
      "\(name) \(Format.decimal(report[name]))\(mean(name, report))\n"
    }.joined()
  }

  private static func mean(_ name: String, _ report: MetricsReport) -> String {
    guard let averaged = report.classesAveraged[name] else { return "" }
    // Of two classes one number is enough; scikit-learn's is that of the second.
    if name == "roc_auc_ovr" && averaged == 1 && report.classes.count == 2 {
      return " (\(report.classes[1]) against \(report.classes[0]))"
    }
    return " (mean over \(averaged) of \(report.classes.count) classes)"
  }
}
