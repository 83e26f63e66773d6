/// Lines, with or without bands, between two linear axes.
struct XYChart {
  /// One line.
  struct Line {
    var name: String
    var x: [Double]
    var y: [Double]
    var low: [Double] = []
    var high: [Double] = []
    /// Which of the page's line styles, from 0.
    var style = 0
    /// Whether its points are marked.
    var hasMarks = false
  }

  /// A straight line that means something: chance, the prevalence, the diagonal.
  struct Rule {
    var name: String
    var from: (x: Double, y: Double)
    var to: (x: Double, y: Double)
  }

  var id: String
  var title: String
  var description: String
  var xTitle: String
  var yTitle: String
  var xDomain: ClosedRange<Double> = 0...1
  var yDomain: ClosedRange<Double> = 0...1
  var width = 300.0
  var height = 220.0
  var xTicks = 4
  var yTicks = 4
  /// Room for the figures of the vertical axis.
  var left = 40.0
  var lines: [Line]
  var rules: [Rule] = []
  /// Drawn over the grid and under the lines, from both scales.
  var underlay: (Scale, Scale) -> HTML = { _, _ in "" }

  var html: HTML {
    let x = Scale(xDomain, onto: left, width - 10)
    let y = Scale(yDomain, onto: height - 36, 24)
    let axes = Axes(
      x: x, y: y, xTitle: xTitle, yTitle: yTitle, xTicks: xTicks, yTicks: yTicks)
    let content: HTML = """
      \(axes.html)\(underlay(x, y))
      \(rules.map { rule($0, x, y) })
      \(lines.map { band($0, x, y) })
      \(lines.map { line($0, x, y) })
      """
    return Drawing(
      id: id, width: width, height: height, title: title, description: description,
      attributes: frame(x, y), content: content
    ).html
  }

  /// What the script needs to read values off the drawing.
  private func frame(_ x: Scale, _ y: Scale) -> HTML {
    let numbers =
      [
        x.start, x.end, y.start, y.end,
      ].map(Figures.length)
      + [
        x.domain.lowerBound, x.domain.upperBound, y.domain.lowerBound, y.domain.upperBound,
      ].map { "\($0)" }
    return """
       data-frame="\(numbers.joined(separator: " "))" data-x="\(xTitle)" data-y="\(yTitle)"
      """
  }

  private func rule(_ rule: Rule, _ x: Scale, _ y: Scale) -> HTML {
    """
    <line class="rule" x1="\(x(rule.from.x))" y1="\(y(rule.from.y))" x2="\(x(rule.to.x))" \
    y2="\(y(rule.to.y))"><title>\(rule.name)</title></line>
    """
  }

  private func band(_ line: Line, _ x: Scale, _ y: Scale) -> HTML {
    guard !line.low.isEmpty else { return "" }
    let ends = zip(line.x, zip(line.low, line.high)).filter {
      $0.0.isFinite && $0.1.0.isFinite && $0.1.1.isFinite
    }
    let upper = ends.map { Points.one(x($0.0), y($0.1.1)) }
    let lower = ends.reversed().map { Points.one(x($0.0), y($0.1.0)) }
    return """
      <polygon class="band s\(line.style)" points="\((upper + lower).joined(separator: " "))"/>
      """
  }

  private func line(_ line: Line, _ x: Scale, _ y: Scale) -> HTML {
    // What is not finite lies nowhere.
    let places = zip(line.x, line.y).filter { $0.0.isFinite && $0.1.isFinite }
    let points = places.map { Points.one(x($0), y($1)) }
    let marks =
      !line.hasMarks
      ? []
      : places.map { point -> HTML in
        "<circle class=\"s\(line.style)\" cx=\"\(x(point.0))\" cy=\"\(y(point.1))\" r=\"2.5\"/>"
      }
    return """
      <polyline class="s\(line.style)" data-name="\(line.name)" \
      points="\(points.joined(separator: " "))"/>\(HTML(marks, separator: ""))
      """
  }
}

/// Coordinates of a polyline, each to a tenth of a unit.
enum Points {
  static func one(_ x: Double, _ y: Double) -> String {
    Figures.length(x) + "," + Figures.length(y)
  }
}
