package import Console
package import Evaluation
package import Uncertainty

/// Metrics as people read them.
package enum ReportText {
  /// A row per class, then the summary; undefined values are `n/a`. With intervals, a class of fewer
  /// than ten examples has counts in place of a recall, and advice at the end.
  package static func text(
    _ report: MetricsReport, intervals: Assessment? = nil, style: Style = .plain
  ) -> String {
    table(report, intervals).text(style: style) + "\n" + summary(report, intervals)
      + notes(intervals)
  }

  /// The same in Markdown.
  package static func markdown(_ report: MetricsReport) -> String {
    table(report, nil).markdown() + "\n"
      + summary(report, nil).split(separator: "\n")
      .map { "- \($0)\n" }.joined()
  }

  private static func table(_ report: MetricsReport, _ intervals: Assessment?) -> TextTable {
    let level = EstimateText.level(intervals?.resampling.level ?? 0.95)
    var table = TextTable([
      .left("class"), .right("train"), .right("n"), .right("correct"), .right("recall"),
      .right("\(level) interval"), .right("precision"), .right("F1"), .right("AUROC"),
    ])
    for (index, row) in report.perClass.enumerated() {
      let small = SmallSample(row.name, correct: row.correct, of: row.support)
      let interval =
        intervals.map {
          $0.classIntervals[index][.recall].map { EstimateText.span($0.low, $0.high) }
        }
        ?? row.recallInterval.map { EstimateText.span($0.low, $0.high) }
      table.add([
        row.name, row.training.map(Format.count) ?? "", Format.count(row.support),
        Format.count(row.correct), small?.counts ?? Format.decimal(row.recall), interval ?? "n/a",
        Format.decimal(row.precision), Format.decimal(row.f1), Format.decimal(row.rocAUC),
      ])
    }
    return table
  }

  /// One line per number that counts; means over classes say over how many.
  private static func summary(_ report: MetricsReport, _ intervals: Assessment?) -> String {
    let names = [
      "mcc", "balanced_accuracy", "f1_macro", "roc_auc_ovr", "average_precision", "accuracy",
      "recall_many", "recall_medium", "recall_few",
    ]
    let positive = report.positiveText.map { "positive class: \($0)\n" } ?? ""
    return positive
      + names.filter { report[$0] != nil || !$0.hasPrefix("recall_") }.map { name in
        let interval = intervals?.intervals[name].map {
          " (\(EstimateText.span($0.low, $0.high, places: 3)))"
        }
        return "\(name) \(Format.decimal(report[name]))\(interval ?? "")\(mean(name, report))\n"
      }.joined()
  }

  private static func mean(_ name: String, _ report: MetricsReport) -> String {
    guard let averaged = report.classesAveraged[name] else { return "" }
    // Of two classes one number is enough, that of the positive one.
    if let positive = report.positive, Metric.ofPositive.contains(name) {
      return " (\(report.classes[positive.index]) against \(report.classes[1 - positive.index]))"
    }
    return " (mean over \(averaged) of \(report.classes.count) classes)"
  }

  /// How the intervals were made, and what small classes do not allow.
  private static func notes(_ intervals: Assessment?) -> String {
    guard let intervals else { return "" }
    let resampling = intervals.resampling
    let rates = resampling.clusters == nil ? "; of plain rates by a score interval" : ""
    let line =
      "\(EstimateText.resamples(resampling, images: intervals.report.n)), \(resampling.population)\(rates)"
    return "\n" + ([line] + intervals.smallSamples.map(\.advice)).map { $0 + "\n" }.joined()
  }
}
