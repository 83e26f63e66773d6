import Decisions
import Evaluation

/// What was promised against what came, with intervals and how many images each dot stands for.
struct ReliabilityChart {
  var id: String
  /// Whose probabilities.
  var name: String
  var curve: ReliabilityCurve
  var style = 0
  var size = 260.0
  /// Whether the axis says whose; a caption may do so instead.
  var hasTitle = true

  var html: HTML {
    let bins = curve.bins.filter { $0.count > 0 }
    let total = bins.map(\.count).reduce(0, +)
    return XYChart(
      id: id, title: "Reliability of \(name)",
      description: "Part that came true against the probability stated, \(total) images in "
        + "\(bins.count) bins.",
      xTitle: "probability stated", yTitle: hasTitle ? "came true: " + name : "came true",
      width: size, height: size, xTicks: 2, yTicks: 2,
      lines: [
        .init(
          name: "came true", x: bins.map { $0.meanProbability ?? 0 },
          y: bins.map { $0.rate ?? 0 }, style: style, hasMarks: true)
      ],
      rules: [.init(name: "taken at its word", from: (0, 0), to: (1, 1))],
      underlay: { x, y in counts(bins, x, y) + whiskers(bins, x, y) }
    ).html
  }

  /// Bars up to a quarter of the height; the root keeps bins of a few images in sight.
  private func counts(_ bins: [ReliabilityBin], _ x: Scale, _ y: Scale) -> HTML {
    let most = Double(bins.map(\.count).max() ?? 1).squareRoot()
    return HTML(
      bins.map { bin in
        let height = (y.start - y.end) / 4 * Double(bin.count).squareRoot() / most
        return """
          <rect class="count" x="\(x(bin.low) + 0.5)" y="\(y.start - height)" \
          width="\(x(bin.high) - x(bin.low) - 1)" height="\(height)"><title>\(Figures.count(bin.positives)) of \
          \(Figures.count(bin.count))</title></rect>
          """
      }, separator: "")
  }

  private func whiskers(_ bins: [ReliabilityBin], _ x: Scale, _ y: Scale) -> HTML {
    HTML(
      bins.compactMap { bin in
        guard let interval = bin.interval, let mean = bin.meanProbability else { return nil }
        return """
          <line class="whisker s\(style)" x1="\(x(mean))" x2="\(x(mean))" y1="\(y(interval.low))" \
          y2="\(y(interval.high))"/>
          """
      }, separator: "")
  }
}
