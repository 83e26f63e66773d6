import Evaluation
public import Runs
import Targets
import Uncertainty

extension GridRecord {
  /// The comparison as Markdown: conclusions, the tables of each imbalance, cells without a result.
  public func markdown() -> String {
    var blocks = ["# \(MarkdownText.escaped(heading))"]
    blocks += conclusions.map { MarkdownText.escaped($0) }
    for part in parts {
      guard let sheets = GridSheets(record: self, part: part) else { continue }
      blocks.append("## At \(MarkdownText.escaped(title(of: part)))")
      for sheet in sheets.all {
        blocks.append("\(MarkdownText.escaped(sheet.caption)):")
        blocks.append(
          MarkdownText.table(
            sheet.columns.map { MarkdownText.escaped(GridNames.of($0)) },
            sheet.rows.map { $0.map { MarkdownText.escaped($0.text) } }))
      }
    }
    if !missing.isEmpty {
      blocks.append("## Cells without a result")
      blocks.append(
        missing.map {
          "- \(MarkdownText.escaped("\($0.cell): \($0.status)\($0.reason.isEmpty ? "" : ", \($0.reason)")"))"
        }.joined(separator: "\n"))
    }
    blocks.append("## How it was made")
    blocks.append(howMade.map { "- \(MarkdownText.escaped($0))" }.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// What the page is called.
  var heading: String { "Methods compared on \(data)" }

  /// How trainings and intervals came about, a sentence each.
  var howMade: [String] {
    let first = parts.lazy.compactMap(\.comparison).first
    var lines = [
      "Network \(model), \(trainings); methods of one \(folds == nil ? "seed" : "fold") share split, thinning"
        + " (\(shape)) and test rows.",
      "Steelyard \(version); each cell is a run directory below runs/, with its own report; cells.csv has every cell.",
    ]
    guard let first else { return lines }
    if let studyColumn, let count = studies(of: first) {
      lines.append(
        "Test rows are views of \(Figures.fixed(count, 0)) studies (\(studyColumn)); what is of studies joins them as each run"
          + " does (studies.json).")
    }
    lines.append("Trainings have \(first.design.words).")
    if first.design != .single, case .own = first.design { return lines }
    let units =
      first.groupColumn.map { "\(Figures.count(first.units)) groups (\($0))" }
      ?? "\(Figures.count(first.units)) test rows"
    lines.append(
      "\(Figures.count(first.settings.resamples)) resamples of \(units), the same for every method and training;"
        + " intervals of level \(CellTable.plain(first.settings.level)).")
    if studyColumn != nil, studies(of: first) != nil {
      lines.append("Resamples draw whole studies with the groups that they lie in.")
    }
    return lines
  }
}

/// What columns are called.
enum GridNames {
  /// The name of a key; what is no key stands for itself.
  static func of(_ key: String) -> String {
    if key.hasSuffix(StudyMetrics.suffix) { return of(StudyMetrics.plain(key)) + ", studies" }
    let plain = key.hasSuffix("_decided") ? String(key.dropLast("_decided".count)) : key
    return own[plain] ?? Definition.of(plain)?.name ?? plain
  }

  private static let own = [
    "recall_at_specificity_95": "recall", "specificity_at_specificity_95": "specificity",
    "precision_at_specificity_95": "precision", "calibration_slope": "slope",
    "calibration_intercept": "intercept",
    "calibration_intercept_size": "size of intercepts", "recall_many": "many",
    "recall_medium": "medium", "recall_few": "few",
  ]
}
