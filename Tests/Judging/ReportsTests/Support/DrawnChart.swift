import Foundation

/// A drawing with two axes, read back from its markup: where its lines lie in the units of its axes.
struct DrawnChart {
  /// A tick of an axis: its place in the drawing, and what stands beside it.
  struct Tick {
    var place: Double
    var label: String
  }

  let node: Node
  /// Ends of the axes in the drawing, and in their own units.
  let left: Double, right: Double, bottom: Double, top: Double
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  let title: String
  let description: String

  /// - Parameter node: an `svg` with `data-frame`.
  init(_ node: Node) throws {
    self.node = node
    let numbers = (node["data-frame"] ?? "").split(separator: " ").compactMap { Double($0) }
    guard numbers.count == 8, numbers[4] < numbers[5], numbers[6] < numbers[7] else {
      throw MarkupFault("a frame of \(node["data-frame"] ?? "nothing")")
    }
    (left, right, bottom, top) = (numbers[0], numbers[1], numbers[2], numbers[3])
    (x, y) = (numbers[4]...numbers[5], numbers[6]...numbers[7])
    guard let title = node.first("title"), let description = node.first("desc") else {
      throw MarkupFault("a drawing without words")
    }
    (self.title, self.description) = (title.words, description.words)
  }

  /// All drawings with axes below a node.
  static func all(in node: Node) throws -> [DrawnChart] {
    try node.all("svg").filter { $0["data-frame"] != nil }.map(DrawnChart.init)
  }

  /// The units of the axes that a tenth of a unit of the drawing is worth.
  var accuracy: (x: Double, y: Double) {
    (
      0.051 * (x.upperBound - x.lowerBound) / abs(right - left),
      0.051 * (y.upperBound - y.lowerBound) / abs(top - bottom)
    )
  }

  /// A place of the drawing in the units of the axes.
  func value(_ place: (x: Double, y: Double)) -> (x: Double, y: Double) {
    (
      x.lowerBound + (place.x - left) / (right - left) * (x.upperBound - x.lowerBound),
      y.lowerBound + (place.y - bottom) / (top - bottom) * (y.upperBound - y.lowerBound)
    )
  }

  /// Pairs of numbers of an attribute `points`.
  static func pairs(_ node: Node) throws -> [(x: Double, y: Double)] {
    try (node["points"] ?? "").split(separator: " ").map { pair in
      let numbers = pair.split(separator: ",").compactMap { Double($0) }
      guard numbers.count == 2 else { throw MarkupFault("a point of \(pair)") }
      return (numbers[0], numbers[1])
    }
  }

  /// Names of its lines, in order.
  var names: [String] { node.all("polyline").compactMap { $0["data-name"] } }

  /// The points of a line in the units of the axes.
  func line(_ name: String) throws -> [(x: Double, y: Double)] {
    guard let line = node.all("polyline").first(where: { $0["data-name"] == name }) else {
      throw MarkupFault("no line \(name) among \(names)")
    }
    return try Self.pairs(line).map(value)
  }

  /// The dashed rules by name: their two ends in the units of the axes.
  func rules() throws -> [(name: String, from: (x: Double, y: Double), to: (x: Double, y: Double))]
  {
    try node.all("line").filter { $0.has("rule") }.map { rule in
      guard let a = rule.number("x1"), let b = rule.number("y1"), let c = rule.number("x2"),
        let d = rule.number("y2"), let name = rule.first("title")?.words
      else { throw MarkupFault("a rule without ends or name") }
      return (name, value((a, b)), value((c, d)))
    }
  }

  private var axes: [Node] { (node.all("g").first { $0.has("axes") })?.children ?? [] }

  /// Ticks of the horizontal axis.
  var xTicks: [Tick] {
    axes.filter { $0.tag == "text" && $0.has("m") && !$0.has("t") }
      .map { Tick(place: $0.number("x") ?? .nan, label: $0.words) }
  }

  /// Ticks of the vertical axis; the label stands 3.5 below its line.
  var yTicks: [Tick] {
    axes.filter { $0.tag == "text" && $0.has("e") }
      .map { Tick(place: ($0.number("y") ?? .nan) - 3.5, label: $0.words) }
  }

  /// A label of a tick as a number.
  static func number(_ label: String) -> Double? {
    let plain = label.replacing("−", with: "-").replacing(",", with: "")
    guard let power = plain.firstRange(of: "×10^") else { return Double(plain) }
    return Double(plain[..<power.lowerBound] + "e" + plain[power.upperBound...])
  }

  /// What is wrong with its ticks: places that are not those of their labels, or labels that are alike.
  func faultsOfTicks() -> [String] {
    var faults: [String] = []
    for (ticks, isX) in [(xTicks, true), (yTicks, false)] {
      if Set(ticks.map(\.label)).count != ticks.count { faults.append("\(ticks) are alike") }
      for tick in ticks {
        guard let number = Self.number(tick.label) else {
          faults.append("\(tick.label) is no number")
          continue
        }
        let found = isX ? value((tick.place, 0)).x : value((0, tick.place)).y
        let tolerance = 1.2 * (isX ? accuracy.x : accuracy.y) + 1e-9 * abs(number)
        if abs(found - number) > tolerance { faults.append("\(tick.label) stands at \(found)") }
      }
    }
    return faults
  }
}
