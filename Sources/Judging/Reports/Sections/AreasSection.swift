import Evaluation
import Uncertainty

/// The two areas side by side, and when to read which, after McDermott et al., NeurIPS 2024.
struct AreasSection {
  let run: RunReport

  var section: Section { Section(id: "areas", title: "AUROC and AUPRC", body: body) }

  private var body: HTML {
    if let missing = Section.withoutScores(run) { return missing }
    guard let part = run.headline else { return ResultsSection.none }
    let use: HTML = run.use.map { "<p>Stated use: \($0)</p>" } ?? ""
    return """
      \(use)<p>\(Self.advice(run.actsOn))</p>
      \(table(part))
      """
  }

  /// One sentence for the stated use.
  static func advice(_ actsOn: ActsOn?) -> HTML {
    switch actsOn {
    case .all:
      """
      Since every image is acted upon, and a wrongly ordered pair weighs the same wherever it stands, \
      compare by the \(roc), which no change of prevalence moves; the \(precision) would reward correcting \
      mistakes among the highest scores first.
      """
    case .top:
      """
      Since only the few images ranked highest are acted upon, compare by the \(precision), which weighs \
      mistakes among the highest scores most, always beside the prevalence, without which it says nothing.
      """
    case .topPerGroup:
      """
      Since the few images ranked highest of each group are acted upon, compare by the average precision \
      within each group (<a href="#groups">Shot groups and subgroups</a>), never by one over all, for that \
      one rewards correcting mistakes in the group that has more positives.
      """
    case nil:
      """
      Read the \(roc) to compare models, sites or groups of different prevalence, for it counts every \
      wrongly ordered pair alike; read the \(precision) where only the few images ranked highest will be \
      looked at, always beside the prevalence, and never as the one number for several groups, for it \
      rewards correcting mistakes in the group that has more positives (say which it is: \
      \(HTML.command("steelyard report RUN --acts-on all|top|top-per-group"))).
      """
    }
  }

  private static let roc: HTML = HTML.defined("AUROC", "roc_auc")
  private static let precision: HTML = HTML.defined("AUPRC", "average_precision_class")

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
    let isFew = row.support < SmallSample.threshold
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
