import Decisions
import Uncertainty

/// Who wins where: every class, the rarest first.
struct SideClassesSection {
  let document: ReportDocument

  var section: Section { Section(id: "classes", title: "Who wins where", body: body) }

  private var body: HTML {
    let results = document.comparisons.filter { $0.comparison != nil }
    guard !results.isEmpty else {
      return Section.missing(
        "No two runs could be compared image by image.",
        command: "steelyard evaluate RUN --data DATA")
    }
    return HTML(results.map(table))
  }

  private func table(_ result: PairedResult) -> HTML {
    let rows = (result.comparison?.perClass ?? []).sorted {
      ($0.support, $0.name) < ($1.support, $1.name)
    }
    let reach = rows.compactMap { DifferenceCell.reach($0.recall) }.max() ?? 0.1
    let areas = rows.compactMap { DifferenceCell.reach($0.rocAUC) }.max() ?? 0.1
    return """
      <h3>\(HTML.name(result.candidate)) less \(HTML.name(result.baseline))</h3>
      \(wins(rows, result))
      \(Table(
        caption: "Differences by class, the rarest first; p values corrected for the number of classes",
        columns: [
          .init("Class", isNumeric: false), .init(HTML.defined("n", "count")),
          .init(HTML.name(result.baseline)), .init(HTML.name(result.candidate)),
          .init(HTML.defined("Recall", "difference")), .init(HTML.defined("p (Holm)", "holm")),
          .init(HTML.defined("AUROC", "difference")), .init(HTML.defined("p (Holm)", "holm")),
        ],
        rows: rows.map { cells($0, reach, areas) }, isSortable: true, filter: "Show classes with"
      ).html)
      """
  }

  private func wins(_ rows: [ClassComparison], _ result: PairedResult) -> HTML {
    let shown = rows.filter { ($0.mcNemarAdjusted ?? 1) < 0.05 }
    guard !shown.isEmpty else {
      return
        "<p>In no class is a difference of recall shown, after correction for their number.</p>"
    }
    let names = { (isBetter: Bool) -> HTML in
      let found = shown.filter { (($0.recall.difference ?? 0) > 0) == isBetter }
      return found.isEmpty ? "none" : HTML(found.map { HTML.name($0.name) }, separator: ", ")
    }
    return """
      <p>Recall, after correction: <strong>\(HTML.name(result.candidate))</strong> is better on \
      \(names(true)), worse on \(names(false)); on the other classes no difference is shown.</p>
      """
  }

  private func cells(_ row: ClassComparison, _ reach: Double, _ areas: Double) -> [Table.Cell] {
    let counts = { (rate: Double?) -> Table.Cell in
      let right = Int((min(max(rate ?? 0, 0), 1) * Double(row.support)).rounded())
      return .init(
        Rate(right, of: row.support).html("recall"), order: rate,
        isWeak: row.support < SmallSample.threshold)
    }
    var recall = DifferenceCell(difference: row.recall, reach: reach).cell
    recall.isWeak = row.support < SmallSample.threshold
    return [
      .init(HTML.name(row.name)),
      .init(
        HTML.defined("\(Figures.count(row.support))", "count", isStop: false),
        order: Double(row.support)),
      counts(row.recall.first), counts(row.recall.second), recall, p(row.mcNemarAdjusted),
      DifferenceCell(difference: row.rocAUC, reach: areas).cell, p(row.deLongAdjusted),
    ]
  }

  private func p(_ value: Double?) -> Table.Cell {
    .init(
      HTML.defined("\(value.map(Figures.p) ?? Figures.undefined)", "holm", isStop: false),
      order: value)
  }
}
