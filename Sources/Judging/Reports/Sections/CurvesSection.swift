import Evaluation
import Runs
import Uncertainty

/// ROC and precision–recall curves of every class, the rarest first.
struct CurvesSection {
  let run: RunReport

  /// So many classes are shown at once; the others are a click away, and on paper all are there.
  private static let mostAtOnce = 12

  var section: Section {
    Section(id: "curves", title: "ROC and precision–recall curves", body: body)
  }

  private var body: HTML {
    if let missing = Section.withoutScores(run) { return missing }
    guard let part = run.headline, !part.curves.isEmpty else {
      return Section.missing(
        "Curves need the probabilities of every image: no <code>predictions-*.csv</code>.",
        command: "steelyard evaluate RUN --data DATA")
    }
    let order = part.curves.indices.filter { part.curves[$0].positives > 0 }
      .sorted { (part.curves[$0].positives, $0) < (part.curves[$1].positives, $1) }
    // One or two left over are not worth a click.
    let shown = order.count <= Self.mostAtOnce + 2 ? order.count : Self.mostAtOnce
    let (first, rest) = (order.prefix(shown), order.dropFirst(shown))
    let more: HTML? =
      rest.isEmpty
      ? nil
      : """
      <details><summary>The other \(rest.count) classes, none of which has fewer images</summary>
      <div class="pairs">\(rest.map { pair($0, part) })</div></details>
      """
    return """
      <p>The rarest class first. \(bands(part)) Dashed is a \
      ranking without skill: the diagonal, and the prevalence of the class.</p>
      <div class="pairs">\(first.map { pair($0, part) })</div>
      \(more)
      \(empty(part))
      """
  }

  private func bands(_ part: EvaluationPart) -> HTML {
    let hasBands = part.curves.contains { $0.precisionRecall?.low.isEmpty == false }
    guard hasBands else {
      return "There are no bands: they would take the images of a group as independent."
    }
    let level = part.judgement.assessment?.resampling.level ?? IntervalSettings().level
    return "Bands are \(Figures.level(level)) intervals at each threshold by itself."
  }

  private func pair(_ index: Int, _ part: EvaluationPart) -> HTML {
    let curves = part.curves[index]
    return """
      <figure class="pair"><figcaption>\(HTML.name(curves.name)) <small>\
      \(Figures.count(curves.positives)) of \(Figures.count(curves.positives + curves.negatives)); \
      AUROC \(HTML.defined("\(Figures.fixed(part.area(index)))", "roc_auc", isStop: false))\
      \(precision(index, part))</small></figcaption>
      \(roc(curves, index))\(precisionRecall(curves, index))</figure>
      """
  }

  private func precision(_ index: Int, _ part: EvaluationPart) -> HTML? {
    part.averagePrecision(index).map {
      ", AUPRC " + HTML.defined("\(Figures.fixed($0))", "average_precision_class", isStop: false)
    }
  }

  private func roc(_ curves: ClassCurves, _ index: Int) -> HTML? {
    curves.roc.map { roc in
      XYChart(
        id: "roc-\(index)", title: "ROC curve of \(curves.name)",
        description: "Sensitivity against 1 − specificity, with the diagonal of chance.",
        xTitle: "1 − specificity", yTitle: "sensitivity", width: 190, height: 190, xTicks: 2,
        yTicks: 2, lines: [line(roc, "sensitivity", 0)],
        rules: [.init(name: "chance", from: (0, 0), to: (1, 1))]
      ).html
    }
  }

  private func precisionRecall(_ curves: ClassCurves, _ index: Int) -> HTML? {
    guard let curve = curves.precisionRecall, let prevalence = curves.prevalence else { return nil }
    return XYChart(
      id: "pr-\(index)", title: "Precision–recall curve of \(curves.name)",
      description: "Precision against recall; a random ranking has \(Figures.fixed(prevalence)).",
      xTitle: "recall", yTitle: "precision", width: 190, height: 190, xTicks: 2, yTicks: 2,
      lines: [line(curve, "precision", 1)],
      rules: [
        .init(
          name: "prevalence \(Figures.fixed(prevalence))", from: (0, prevalence),
          to: (1, prevalence))
      ]
    ).html
  }

  private func line(_ curve: Curve, _ name: String, _ style: Int) -> XYChart.Line {
    XYChart.Line(
      name: name, x: curve.x, y: curve.y, low: curve.low, high: curve.high, style: style)
  }

  private func empty(_ part: EvaluationPart) -> HTML? {
    let names = part.curves.filter { $0.positives == 0 }.map { HTML.name($0.name) }
    guard !names.isEmpty else { return nil }
    return """
      <p class="missing">Without an image in \(part.split), hence without curves: \
      \(HTML(names, separator: ", ")).</p>
      """
  }
}

extension EvaluationPart {
  /// AUROC of a class.
  func area(_ index: Int) -> Double? { metrics.perClass[index].rocAUC }

  /// Average precision of a class.
  func averagePrecision(_ index: Int) -> Double? { metrics.perClass[index].averagePrecision }
}
