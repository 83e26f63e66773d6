import Evaluation
import Uncertainty

/// The two areas side by side, and when to read which.
struct AreasSection {
  let run: RunReport

  var section: Section { Section(id: "areas", title: "AUROC and AUPRC", body: body) }

  private var body: HTML {
    guard let part = run.headline else { return ResultsSection.none }
    return """
      <p>\(Self.advice)</p>
      \(table(part))
      """
  }

  /// One sentence, after McDermott et al., NeurIPS 2024.
  static let advice: HTML = """
    Read the \(HTML.defined("AUROC", "roc_auc")) to compare models, sites or groups of different \
    prevalence, for it counts every wrongly ordered pair alike; read the \
    \(HTML.defined("AUPRC", "average_precision_class")) where only the few images ranked highest will be \
    looked at, always beside the prevalence, and never as the one number for several groups, for it \
    rewards mending mistakes in the group that has more positives.
    """

  private func table(_ part: EvaluationPart) -> HTML {
    let rows = part.metrics.perClass.indices.sorted {
      (part.metrics.perClass[$0].support, $0) < (part.metrics.perClass[$1].support, $1)
    }
    return Table(
      caption: "Both areas by class, the rarest first",
      columns: [
        .init("Class", isNumeric: false), .init(HTML.defined("n", "count")),
        .init(HTML.defined("AUROC", "roc_auc")),
        .init(HTML.defined("Prevalence", "prevalence")),
        .init(HTML.defined("AUPRC", "average_precision_class")),
      ],
      rows: rows.map { cells($0, part) }, isSortable: true
    ).html
  }

  private func cells(_ index: Int, _ part: EvaluationPart) -> [Table.Cell] {
    let row = part.metrics.perClass[index]
    let isFew = row.support < Proportion.fewest
    let prevalence = part.metrics.n == 0 ? nil : Double(row.support) / Double(part.metrics.n)
    let (roc, precision) = (
      part.estimate(.rocAUC, of: index), part.estimate(.averagePrecision, of: index)
    )
    return [
      .init(HTML.name(row.name)),
      .init(
        HTML.defined("\(Figures.count(row.support))", "count", isStop: false),
        order: Double(row.support)),
      .init(
        "\(roc.html("roc_auc"))\(IntervalBar(value: roc.value, low: roc.low, high: roc.high, reference: 0.5).html)",
        order: roc.value, isWeak: isFew),
      .init(
        HTML.defined("\(Figures.fixed(prevalence))", "prevalence", isStop: false), order: prevalence
      ),
      .init(
        """
        \(precision.html("average_precision_class"))\
        \(IntervalBar(value: precision.value, low: precision.low, high: precision.high, reference: prevalence).html)
        """, order: precision.value, isWeak: isFew),
    ]
  }
}
