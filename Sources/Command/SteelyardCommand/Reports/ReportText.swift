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
  private static let names = [
    "mcc", "balanced_accuracy", "f1_macro", "cohen_kappa_quadratic", "kendall_tau", "roc_auc_ovr",
    "average_precision", "accuracy", "recall_many", "recall_medium", "recall_few",
  ]
  /// Metrics that are not for every set: left out where they are undefined.
  private static let special = Metric.ofOrder.union(["recall_many", "recall_medium", "recall_few"])

  private static func summary(_ report: MetricsReport, _ intervals: Assessment?) -> String {
    let positive = report.positiveText.map { "positive class: \($0)\n" } ?? ""
    return positive
      + names.filter { report[$0] != nil || !special.contains($0) }.map { name in
        let interval = intervals?.intervals[name].map {
          " (\(EstimateText.span($0.low, $0.high, places: 3)))"
        }
        return "\(name) \(Format.decimal(report[name]))\(interval ?? "")\(mean(name, report))\n"
      }.joined() + slope(report, intervals?.calibration)
  }

  /// Of two classes slope and intercept of the positive one, of more the mean slope.
  private static func slope(_ report: MetricsReport, _ found: CalibrationSlopes?) -> String {
    guard let found else { return "" }
    func shown(_ name: String, _ value: Double?, _ interval: Interval?) -> String? {
      value.map { value in
        "\(name) \(Format.decimal(value))"
          + (interval.map { " (\(Format.decimal($0.low)) to \(Format.decimal($0.high)))" } ?? "")
      }
    }
    if let index = report.positive?.index {
      let one = found.classes[index]
      let parts = [
        shown("calibration_slope", one.slope, one.slopeInterval),
        shown("calibration_intercept", one.intercept, one.interceptInterval),
      ].compactMap { $0 }
      return parts.map { $0 + " (\(report.classes[index]))\n" }.joined()
    }
    let count = found.classes.count { $0.slope != nil }
    return shown("calibration_slope", found.meanSlope, found.meanSlopeInterval)
      .map { "\($0) (mean over \(count) of \(found.classes.count) classes)\n" } ?? ""
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
    let line =
      "\(EstimateText.resamples(resampling, images: intervals.report.n)), \(resampling.population)"
    let shown =
      intervals.classIntervals.map { (name: "recall", interval: $0[.recall]) }
      + names.map { (name: $0, interval: intervals.intervals[$0]) }
      + (intervals.calibration?.named(of: intervals.report.positive?.index) ?? [])
    let methods = EstimateText.methods(shown).map { "made by: \($0)" }
    let withheld = intervals.withheld.compactMap { names, reason in
      let own = names.filter(Self.names.contains)
      return own.isEmpty ? nil : "no interval of \(own.joined(separator: ", ")): \(reason)"
    }
    let lines =
      [line] + [methods].compactMap { $0 } + withheld + intervals.smallSamples.map(\.advice)
    return "\n" + lines.map { $0 + "\n" }.joined()
  }
}
