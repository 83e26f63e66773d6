import Decisions
import Evaluation
import Uncertainty

/// What was taken for what: the matrix, and its largest entries in words.
struct ConfusionSection {
  let run: RunReport

  var section: Section { Section(id: "confusion", title: "Confusion matrix", body: body) }

  private var body: HTML {
    guard let part = run.headline else { return ResultsSection.none }
    return """
      <p>Rows are the truth, columns the decision, in an order that puts classes taken for each \
      other side by side. Shade is the part of the row.</p>
      \(MatrixTable(classes: part.metrics.classes, counts: part.metrics.confusionMatrix).html)
      \(pairs(part))
      """
  }

  /// The pairs that a reader looks for in the matrix, found.
  private func pairs(_ part: EvaluationPart) -> HTML {
    let counts = part.metrics.confusionMatrix
    let names = part.metrics.classes
    let sums = counts.map { $0.reduce(0, +) }
    let wrong = names.indices.flatMap { t in
      names.indices.compactMap { p in t != p && counts[t][p] > 0 ? (t, p, counts[t][p]) : nil }
    }
    let shown = wrong.sorted { ($0.2, $1.0, $1.1) > ($1.2, $0.0, $0.1) }.prefix(10)
    guard !shown.isEmpty else { return "<p>No image was decided wrongly.</p>" }
    return Table(
      caption: "The most frequent confusions",
      columns: [
        .init("Truth", isNumeric: false), .init("Decided as", isNumeric: false),
        .init(HTML.defined("Images", "count")), .init(HTML.defined("Of this truth", "confusion")),
      ],
      rows: shown.map { truth, decided, count in
        let rate = Rate(count, of: sums[truth])
        return [
          .init(HTML.name(names[truth])), .init(HTML.name(names[decided])),
          .init(
            HTML.defined("\(Figures.count(count))", "count", isStop: false), order: Double(count)),
          .init(rate.html("confusion"), order: rate.value),
        ]
      }, isSortable: true
    ).html
  }
}
