/// A drawing of a few lines that stands in a file of its own: an SVG with its styles, a legend and words for whoever does
/// not see it. Equal plots give equal bytes.
public struct StandalonePlot: Sendable, Equatable {
  /// One line.
  public struct Line: Sendable, Equatable {
    /// What the legend calls it.
    public var name: String
    /// Horizontal places, `[N]`.
    public var x: [Double]
    /// Vertical places, `[N]`.
    public var y: [Double]
    /// Lower ends of a band around it, `[N]`; empty without one.
    public var low: [Double]
    /// Upper ends of that band, `[N]`.
    public var high: [Double]
    /// Whether its points are marked.
    public var hasMarks: Bool

    /// A line of its points, `[N]` each; without a band `low` and `high` are empty.
    public init(
      _ name: String, x: [Double], y: [Double], low: [Double] = [], high: [Double] = [],
      hasMarks: Bool = false
    ) {
      (self.name, self.x, self.y, self.low, self.high) = (name, x, y, low, high)
      self.hasMarks = hasMarks
    }
  }

  /// What it is.
  public var title: String
  /// What it shows, in a sentence.
  public var description: String
  /// Title of the horizontal axis.
  public var xTitle: String
  /// Title of the vertical axis.
  public var yTitle: String
  /// The lines; the first six have a colour and dashes of their own.
  public var lines: [Line]

  /// A plot of its parts.
  public init(
    title: String, description: String, xTitle: String, yTitle: String, lines: [Line]
  ) {
    (self.title, self.description) = (title, description)
    (self.xTitle, self.yTitle, self.lines) = (xTitle, yTitle, lines)
  }

  private static let width = 560.0
  private static let height = 340.0
  private static let row = 18.0

  /// The file's text.
  public func svg() -> String {
    let chart = XYChart(
      id: "plot", title: title, description: description, xTitle: xTitle, yTitle: yTitle,
      xDomain: Self.domain(lines.flatMap(\.x)),
      yDomain: Self.domain(lines.flatMap { $0.y + $0.low + $0.high }), width: Self.width,
      height: Self.height, xTicks: 6, yTicks: 5, left: 52,
      lines: lines.enumerated().map { number, line in
        XYChart.Line(
          name: line.name, x: line.x, y: line.y, low: line.low, high: line.high,
          style: number % 6, hasMarks: line.hasMarks)
      })
    let whole = Self.height + Self.row * Double(lines.count) + 12
    let picture: HTML = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(whole)" \
      width="\(Self.width)" height="\(whole)">
      <style>\(StyleSheet.plot)</style>
      <rect width="\(Self.width)" height="\(whole)" fill="#fff"/>
      \(chart.html)
      <g class="plot">\(lines.enumerated().map(legend))</g>
      </svg>

      """
    return picture.text
  }

  private func legend(_ number: Int, _ line: Line) -> HTML {
    let y = Self.height + 6 + Self.row * Double(number)
    return """
      <line class="s\(number % 6)" x1="52" x2="84" y1="\(y)" y2="\(y)" stroke-width="1.75"/>\
      <text class="t" x="92" y="\(y + 4)">\(line.name)</text>
      """
  }

  /// From the least to the largest value, with 0 where it is near.
  private static func domain(_ values: [Double]) -> ClosedRange<Double> {
    let known = values.filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return 0...1 }
    let room = 0.05 * (high - low)
    let start = low >= 0 && low < 0.5 * high ? 0 : low - room
    return start...max(high + (start == 0 && high == 1 ? 0 : room), start)
  }
}

extension StyleSheet {
  /// What a drawing needs that stands alone: the page's colours by day, and its rules for drawings.
  static let plot: HTML = """
    svg{--s0:#0a6ab0;--s1:#b34a00;--s2:#00795a;--s3:#9c4a80;--s4:#6b6200;--s5:#333;--grid:#e2e6ea;\
    --line:#c8ced4;--soft:#55606b;--ink:#16202a;font-family:system-ui,sans-serif}
    \(drawings)
    """
}
