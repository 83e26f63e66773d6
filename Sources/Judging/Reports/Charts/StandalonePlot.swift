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

  /// A straight dashed line that means something: chance, the prevalence, no gain.
  public struct Rule: Sendable, Equatable {
    /// What the legend calls it.
    public var name: String
    /// Horizontal places of its two ends, `[2]`.
    public var x: [Double]
    /// Vertical places of its two ends, `[2]`.
    public var y: [Double]

    /// A rule from one point to another.
    public init(_ name: String, from: (x: Double, y: Double), to: (x: Double, y: Double)) {
      (self.name, x, y) = (name, [from.x, to.x], [from.y, to.y])
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
  /// Dashed lines beneath them, all alike; the legend has them last.
  public var rules: [Rule]

  /// A plot of its parts.
  public init(
    title: String, description: String, xTitle: String, yTitle: String, lines: [Line],
    rules: [Rule] = []
  ) {
    (self.title, self.description) = (title, description)
    (self.xTitle, self.yTitle, self.lines, self.rules) = (xTitle, yTitle, lines, rules)
  }

  private static let width = 560.0
  private static let height = 340.0
  private static let row = 18.0

  /// The file's text.
  public func svg() -> String {
    let chart = XYChart(
      id: "plot", title: title, description: description, xTitle: xTitle, yTitle: yTitle,
      xDomain: Self.domain(lines.flatMap(\.x) + rules.flatMap(\.x)),
      yDomain: Self.domain(lines.flatMap { $0.y + $0.low + $0.high } + rules.flatMap(\.y)),
      width: Self.width,
      height: Self.height, xTicks: 6, yTicks: 5, left: 52,
      lines: lines.enumerated().map { number, line in
        XYChart.Line(
          name: line.name, x: line.x, y: line.y, low: line.low, high: line.high,
          style: number % 6, hasMarks: line.hasMarks)
      },
      rules: rules.map {
        .init(name: $0.name, from: ($0.x[0], $0.y[0]), to: ($0.x[1], $0.y[1]))
      })
    let names = lines.map(\.name) + rules.map(\.name)
    let whole = Self.height + Self.row * Double(names.count) + 12
    let picture: HTML = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(whole)" \
      width="\(Self.width)" height="\(whole)">
      <style>\(StyleSheet.plot)</style>
      <rect width="\(Self.width)" height="\(whole)" fill="#fff"/>
      \(chart.html)
      <g class="plot">\(names.enumerated().map(legend))</g>
      </svg>

      """
    return picture.text
  }

  /// A row of the legend: lines first, then rules.
  private func legend(_ number: Int, _ name: String) -> HTML {
    let y = Self.height + 6 + Self.row * Double(number)
    let look: HTML =
      number < lines.count ? "class=\"s\(number % 6)\" stroke-width=\"1.75\"" : "class=\"rule\""
    return """
      <line \(look) x1="52" x2="84" y1="\(y)" y2="\(y)"/>\
      <text class="t" x="92" y="\(y + 4)">\(name)</text>
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
