import Evaluation

/// Decision curves and metrics by prevalence of the rarest classes.
struct ThresholdFigures {
  let curves: [ThresholdCurves]

  /// Metrics that the prevalence moves, in the order of their lines.
  private static let metrics = [
    ("precision", "precision"), ("f1", "F1"), ("mcc", "MCC"), ("average_precision", "AUPRC"),
  ]

  var html: HTML {
    guard !curves.isEmpty else { return "" }
    return """
      <h3>Decision curves of the rarest classes</h3>
      <p>\(HTML.defined("Net benefit", "net_benefit")) against the probability from which somebody acts. \
      The model is of use where it lies above both treating all and treating none, the dashed \
      line at 0.</p>
      \(Legend(names: ["the model", "treating all"]).html)
      <div class="charts">\(curves.enumerated().map { figure($1, decision($1, $0)) })</div>
      <h3>The same model at another prevalence</h3>
      <p>\(HTML.defined("Imbalance impact", "imbalance_impact")): the scores stay, the share of the class \
      goes from 0.5 to 0.01. The upright dashed line is the share in these images. Recall, \
      specificity and AUROC would not move.</p>
      \(Legend(names: Self.metrics.map(\.1)).html)
      <div class="charts">\(curves.enumerated().map { figure($1, impact($1, $0)) })</div>
      """
  }

  private func figure(_ curves: ThresholdCurves, _ chart: HTML) -> HTML {
    """
    <figure class="pair"><figcaption>\(HTML.name(curves.name)) <small>\
    \(Figures.count(curves.positives)) \(curves.positives == 1 ? "image" : "images")</small></figcaption>
    \(chart)</figure>
    """
  }

  private func decision(_ curves: ThresholdCurves, _ index: Int) -> HTML {
    let points = curves.decision
    let share = curves.impact.natural?.prevalence ?? 0
    let top = max(points.map(\.model).max() ?? 0, share, 1e-3) * 1.05
    // Treating all falls without end: what is worse than this, and than the model, is not worth the room.
    let bottom = min(-top / 3, points.map(\.model).min() ?? 0)
    let all = [(0, share)] + points.map { ($0.threshold, $0.all) }.filter { $0.1 >= bottom }
    let useful = points.filter { $0.model > max(0, $0.all) }
    let use =
      useful.isEmpty
      ? "The model is nowhere above treating all or none."
      : "The model is above treating all and none at \(useful.count) of \(points.count) thresholds, "
        + "from \(Figures.fixed(useful[0].threshold, 2)) to "
        + "\(Figures.fixed(useful[useful.count - 1].threshold, 2))."
    return XYChart(
      id: "benefit-\(index)", title: "Decision curve of \(curves.name)", description: use,
      xTitle: "acting from", yTitle: "net benefit", xDomain: 0...0.5, yDomain: bottom...top,
      width: 190, height: 190, xTicks: 2, yTicks: 3, left: 46,
      lines: [
        .init(name: "the model", x: points.map(\.threshold), y: points.map(\.model)),
        .init(name: "treating all", x: all.map(\.0), y: all.map(\.1), style: 1),
      ],
      rules: [.init(name: "treating none", from: (0, 0), to: (0.5, 0))]
    ).html
  }

  private func impact(_ curves: ThresholdCurves, _ index: Int) -> HTML {
    let lines = Self.metrics.enumerated().map { style, metric in
      let points = curves.impact.curve.compactMap { point in
        point.values[metric.0].map { (point.prevalence, $0) }
      }
      return XYChart.Line(
        name: metric.1, x: points.map(\.0), y: points.map(\.1), style: style)
    }.filter { !$0.x.isEmpty }
    let lowest = min(0, lines.flatMap(\.y).min() ?? 0)
    let share = curves.impact.natural?.prevalence
    let words = lines.map { line in
      "\(line.name) from \(Figures.fixed(line.y[line.y.count - 1])) at the highest prevalence to "
        + "\(Figures.fixed(line.y[0])) at the lowest."
    }
    return XYChart(
      id: "impact-\(index)", title: "Metrics of \(curves.name) by prevalence",
      description: words.joined(separator: " "), xTitle: "prevalence", yTitle: "metric",
      xDomain: 0...0.5, yDomain: lowest...1, width: 190, height: 190, xTicks: 2, yTicks: 2,
      lines: lines,
      rules: share.map { share in
        share > 0.5
          ? []
          : [
            .init(
              name: "prevalence \(Figures.fixed(share))", from: (share, lowest), to: (share, 1))
          ]
      } ?? []
    ).html
  }
}
