import Evaluation
import Runs
import Targets
import Uncertainty

/// A table of a comparison, before it is drawn as a page or as Markdown.
struct GridSheet {
  /// One cell.
  struct Cell {
    var text: String
    /// What it is sorted by.
    var order: Double?
    /// A difference that is drawn beside the text.
    var difference: RepeatedDifference?
    var isWeak = false

    init(
      _ text: String, order: Double? = nil, difference: RepeatedDifference? = nil,
      isWeak: Bool = false
    ) {
      (self.text, self.order, self.difference) = (text, order, difference)
      self.isWeak = isWeak
    }

    /// `0.612 ± 0.014`
    init(_ value: RepeatedValue?, decimals: Int = 3) {
      guard let value, let mean = value.mean else {
        self.init(Figures.undefined)
        return
      }
      let deviation = value.deviation.map { " ± \(Figures.fixed($0, decimals))" } ?? ""
      self.init(Figures.fixed(mean, decimals) + deviation, order: mean)
    }
  }

  var caption: String
  /// Titles; the first is of the names of the rows. What is a key of a metric is shown by its name.
  var columns: [String]
  var rows: [[Cell]]
}

/// The tables of one imbalance.
struct GridSheets {
  let record: GridRecord
  let part: GridRecord.Part
  let comparison: GridComparison

  /// `nil` where no training came to an end.
  init?(record: GridRecord, part: GridRecord.Part) {
    guard let comparison = part.comparison else { return nil }
    (self.record, self.part, self.comparison) = (record, part, comparison)
  }

  private var means: String {
    comparison.rows.contains { $0.trainings > 1 }
      ? "mean ± standard deviation over \(record.trainings)" : record.trainings
  }

  private func sheet(
    _ caption: String, _ columns: [String], _ cells: (Int, GridComparison.Row) -> [GridSheet.Cell]
  ) -> GridSheet {
    GridSheet(
      caption: caption, columns: ["Method"] + columns,
      rows: comparison.rows.enumerated().map { [.init($1.label)] + cells($0, $1) })
  }

  /// Metrics of labels and numbers that most readers look for.
  private static let ofTargets = [
    "average_precision_macro", "roc_auc_macro", "f1_macro_stored", "subset_accuracy", "mae",
    "rmse", "r2", "pearson", "spearman", "interval_coverage",
  ]

  /// The same of studies.
  private static let ofStudies = [
    "average_precision_macro", "roc_auc_macro", "f1_macro_stored", "subset_accuracy",
  ].map { $0 + StudyMetrics.suffix }

  /// Metrics that are means over trainings.
  private func values(_ caption: String, _ keys: [String]) -> GridSheet {
    let known = keys.filter { key in comparison.rows.contains { $0.values[key] != nil } }
    return sheet(caption, known) { _, row in known.map { .init(row.values[$0]) } }
  }

  var results: GridSheet {
    let keys =
      [
        "mcc", "f1_macro", "balanced_accuracy", "accuracy", "roc_auc_ovr", "average_precision",
      ] + Self.ofTargets
    var sheet = values(
      "Results, \(means)", [record.metric] + keys.filter { $0 != record.metric })
    sheet.columns.insert("Trainings", at: 1)
    for (place, row) in comparison.rows.enumerated() {
      let tried = row.tried > 1 ? " (\(row.tried) settings tried)" : ""
      sheet.rows[place].insert(
        .init("\(row.trainings)\(tried)", order: Double(row.trainings)), at: 1)
    }
    return sheet
  }

  var shots: GridSheet? {
    let sheet = values(
      "Recall by size of the class in training: many more than 100, medium 20 to 100, few below 20; \(means)",
      ["recall_many", "recall_medium", "recall_few"])
    return sheet.columns.count > 1 ? sheet : nil
  }

  /// Study by study, where images are views of studies.
  var studies: GridSheet? {
    guard let column = record.studyColumn else { return nil }
    let sheet = values(
      "Study by study (\(column)): the views of a study are joined as its run has it; \(means)",
      Self.ofStudies)
    return sheet.columns.count > 1 ? sheet : nil
  }

  var differences: GridSheet? {
    guard let reference = comparison.reference, comparison.rows.count > 1,
      let findings = GridFindings(record: record, part: part)
    else { return nil }
    let test = comparison.ranks[record.metric]?.pValue.map {
      "; Friedman's test p \(Figures.p($0))"
    }
    let name = comparison.rows[reference].label
    var sheet = sheet(
      "Difference of \(record.metric) to \(name), paired; each interval for itself, verdicts by p after Holm"
        + (test ?? ""),
      ["Difference", "p", "p (Holm)", "Verdict", "Mean rank"]
    ) { place, row in
      let difference = row.differences[record.metric]
      let verdict = findings.verdict(row)
      let rank = comparison.rank(place, by: record.metric)
      return [
        Self.cell(difference),
        .init(difference?.pValue.map(Figures.p) ?? "", order: difference?.pValue),
        .init(difference?.adjusted.map(Figures.p) ?? "", order: difference?.adjusted),
        .init(place == reference ? "reference" : verdict.words, isWeak: verdict == .open),
        .init(Figures.fixed(rank, 1), order: rank),
      ]
    }
    sheet.rows[reference][1] = .init("")
    return sheet
  }

  private static func cell(_ difference: RepeatedDifference?) -> GridSheet.Cell {
    guard let difference, let mean = difference.mean else { return .init(Figures.undefined) }
    let range = difference.interval.map { " (\(Figures.range($0.low, $0.high)))" } ?? ""
    return .init(Figures.signed(mean) + range, order: mean, difference: difference)
  }

  /// Differences of the other metrics that most readers look for.
  var others: GridSheet? {
    guard let reference = comparison.reference, comparison.rows.count > 1 else { return nil }
    let keys =
      [
        "mcc", "f1_macro", "balanced_accuracy", "roc_auc_ovr", "average_precision", "brier", "ece",
      ] + Self.ofTargets + Self.ofStudies
    let shown = keys.filter { key in
      key != record.metric && comparison.rows.contains { $0.differences[key] != nil }
    }
    var sheet = sheet(
      "Differences of other metrics to \(comparison.rows[reference].label), each a family of its own; * p (Holm) below"
        + " \(Figures.short(1 - comparison.settings.level))", shown
    ) { _, row in
      shown.map { key in
        var cell = Self.cell(row.differences[key])
        cell.difference = nil
        if let p = row.differences[key]?.adjusted, p < 1 - comparison.settings.level {
          cell.text += " *"
        }
        return cell
      }
    }
    sheet.rows.remove(at: reference)
    return sheet
  }

  var calibration: GridSheet? {
    let keys = [
      "ece", "ece_classwise", "brier", "log_loss", "calibration_slope", "calibration_intercept",
      "calibration_intercept_size",
    ]
    let sheet = values("Calibration of the raw probabilities, \(means)", keys)
    return sheet.columns.count > 1 ? sheet : nil
  }

  var decided: GridSheet? {
    let keys = [
      "ece", "ece_classwise", "brier", "log_loss", "calibration_slope", "calibration_intercept",
      "calibration_intercept_size", "mcc", "balanced_accuracy", "f1_macro",
    ].map { $0 + "_decided" }
    let sheet = values(
      "The same after the calibration that decide fits on validation (\(record.calibration), other class"
        + " shares than there are undone), \(means)", keys)
    return sheet.columns.count > 1 ? sheet : nil
  }

  /// Numbers that every class has, by the name of the metric before its bracket; methods down, or classes where there
  /// are more of them.
  private func classes(_ key: String, _ caption: String) -> GridSheet? {
    let names = comparison.classes.filter { name in
      comparison.rows.contains { $0.values["\(key)[\(name)]"] != nil }
    }
    guard !names.isEmpty else { return nil }
    guard names.count > comparison.rows.count else {
      return sheet("\(caption), \(means)", names) { _, row in
        names.map { .init(row.values["\(key)[\($0)]"]) }
      }
    }
    return GridSheet(
      caption: "\(caption), \(means)", columns: ["Class"] + comparison.rows.map(\.label),
      rows: names.map { name in
        [.init(name)] + comparison.rows.map { .init($0.values["\(key)[\(name)]"]) }
      })
  }

  /// How well each class is told from the rest, whatever is decided.
  var areas: [GridSheet] {
    let each = comparison.ranks["mcc"] == nil ? "each label" : "each class against the rest"
    return [
      classes("roc_auc", "Area under the ROC curve of \(each)"),
      classes("average_precision", "Average precision of \(each)"),
    ].compactMap(\.self)
  }

  /// Decisions where each class has a threshold of its own.
  var operating: [GridSheet] {
    let keys = ["recall", "specificity", "precision"].map { "\($0)_at_specificity_95" }
    let words = "with the threshold that keeps a specificity of 0.95 on validation"
    let all = values("Each class flagged \(words): means over classes on test, \(means)", keys)
    guard all.columns.count > 1 else { return [] }
    return [all] + [classes(keys[0], "Recall of each class \(words)")].compactMap(\.self)
  }

  var cost: GridSheet {
    let relative = record.relativeAccuracy(part)
    return sheet(
      "Cost: seconds of training, all settings that were tried included",
      ["Seconds", "Beside the reference"] + (relative == nil ? [] : ["Relative accuracy"])
    ) { place, row in
      let ratio = comparison.cost(of: place)
      return [
        .init(row.values["seconds"], decimals: 1),
        .init(ratio.map { "× \(Figures.fixed($0, 2))" } ?? Figures.undefined, order: ratio),
      ] + (relative.map { [GridSheet.Cell(Figures.fixed($0[place]), order: $0[place])] } ?? [])
    }
  }

  /// All that there are, in order.
  var all: [GridSheet] {
    [results, studies, differences, others, shots, calibration, decided].compactMap(\.self) + areas
      + operating + [cost]
  }
}

extension GridRecord {
  /// Accuracy of each row beside that of the better of the reference and the row itself on a balanced training
  /// part, `A_t / max(A_v, A_b)`; `nil` unless an imbalance of the grid is balanced and this one is not.
  ///
  /// Source: Zhang et al., "Deep Long-Tailed Learning: A Survey", TPAMI 2023.
  func relativeAccuracy(_ part: Part) -> [Double?]? {
    let balanced = parts.compactMap(\.comparison).first { comparison in
      let counts = comparison.shots?.trainingCounts ?? []
      guard let least = counts.min(), let most = counts.max(), least > 0 else { return false }
      return Double(most) <= 1.1 * Double(least)
    }
    guard let balanced, let comparison = part.comparison, balanced != comparison,
      let reference = balanced.reference
    else { return nil }
    let plain = balanced.rows[reference].values["accuracy"]?.mean
    return comparison.rows.enumerated().map { place, row in
      guard let own = row.values["accuracy"]?.mean, balanced.rows.indices.contains(place),
        let best = [plain, balanced.rows[place].values["accuracy"]?.mean].compactMap(\.self).max(),
        best > 0
      else { return nil }
      return own / best
    }
  }
}
