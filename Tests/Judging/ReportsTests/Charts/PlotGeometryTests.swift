import Foundation
import Randomness
import Reports
import Testing

/// Drawings in files of their own, read back from their markup.
@Suite struct PlotGeometryTests {
  private func read(_ plot: StandalonePlot) throws -> (root: Node, chart: DrawnChart) {
    let root = try MarkupReader.read(plot.svg().trimmingCharacters(in: .newlines))
    let charts = try DrawnChart.all(in: root)
    #expect(charts.count == 1)
    return (root, try #require(charts.first))
  }

  private func plot(_ lines: [StandalonePlot.Line], rules: [StandalonePlot.Rule] = [])
    -> StandalonePlot
  {
    StandalonePlot(
      title: "Title", description: "Words.", xTitle: "across", yTitle: "up", lines: lines,
      rules: rules)
  }

  /// Lines of one to forty points, of sizes from 10⁻⁶ to 10⁶, some below zero, some flat.
  private static func drawn(_ seed: Int) -> [StandalonePlot.Line] {
    var random = RandomKey(seed: 50).folding(seed).source
    let (width, height) = (pow(10, 12 * random.uniform() - 6), pow(10, 12 * random.uniform() - 6))
    let (across, up) = (width * (random.uniform() - 0.5), height * 4 * (random.uniform() - 0.5))
    return (0..<1 + seed % 9).map { line in
      let count = 1 + random.below(40)
      let x = (0..<count).map { _ in across + width * random.uniform() }.sorted()
      let y = x.map { _ in seed % 5 == 0 ? up : up + height * random.uniform() }
      let hasBand = line % 2 == 1
      return StandalonePlot.Line(
        "line \(line)", x: x, y: y, low: hasBand ? y.map { $0 - height / 10 } : [],
        high: hasBand ? y.map { $0 + height / 5 } : [], hasMarks: line % 3 == 0)
    }
  }

  @Test(arguments: 0..<60)
  func `each point lies where the axes say that it does`(seed: Int) throws {
    let lines = Self.drawn(seed)
    let (root, chart) = try read(plot(lines))
    let (dx, dy) = chart.accuracy
    #expect(chart.names == lines.map(\.name))
    #expect(chart.faultsOfTicks() == [], "\(chart.faultsOfTicks())")
    for line in lines {
      let found = try chart.line(line.name)
      #expect(found.count == line.x.count)
      for (place, point) in found.enumerated() {
        #expect(
          abs(point.x - line.x[place]) <= dx * 1.01 && abs(point.y - line.y[place]) <= dy * 1.01)
      }
    }
    // A band goes along its upper ends and comes back along its lower ones.
    let bands = root.all("polygon")
    let banded = lines.filter { !$0.low.isEmpty }
    #expect(bands.count == banded.count)
    for (line, band) in zip(banded, bands) {
      let ends = try DrawnChart.pairs(band).map(chart.value)
      let expected =
        zip(line.x, line.high).map { ($0, $1) } + zip(line.x, line.low).reversed().map { ($0, $1) }
      #expect(ends.count == expected.count)
      for (end, right) in zip(ends, expected) {
        #expect(abs(end.x - right.0) <= dx * 1.01 && abs(end.y - right.1) <= dy * 1.01)
      }
    }
    // Marks lie on the points of the lines that have them.
    let marked = lines.filter(\.hasMarks).flatMap { zip($0.x, $0.y) }
    let marks = root.all("circle").compactMap { circle -> (x: Double, y: Double)? in
      guard let x = circle.number("cx"), let y = circle.number("cy") else { return nil }
      return chart.value((x, y))
    }
    #expect(marks.count == marked.count)
    for (mark, right) in zip(marks, marked) {
      #expect(abs(mark.x - right.0) <= dx * 1.01 && abs(mark.y - right.1) <= dy * 1.01)
    }
  }

  @Test(arguments: 0..<60)
  func `everything lies within the picture, and all data within the axes`(seed: Int) throws {
    let lines = Self.drawn(seed)
    let (root, chart) = try read(
      plot(lines, rules: [.init("rule", from: (lines[0].x[0], 0), to: (lines[0].x[0], 1))]))
    let box = (root["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
    #expect(box.count == 4 && root.number("width") == box[2] && root.number("height") == box[3])
    for (attributes, most) in [
      (["x", "x1", "x2", "cx"], box[2]), (["y", "y1", "y2", "cy"], box[3]),
    ] {
      for node in root.below {
        for attribute in attributes {
          if let number = node.number(attribute) {
            #expect(number >= 0 && number <= most, "\(node.tag) \(node.attributes)")
          }
        }
      }
    }
    for line in lines {
      #expect(
        line.x.allSatisfy { chart.x.contains($0) } && line.y.allSatisfy { chart.y.contains($0) })
    }
    // Values do not lie on a sliver of the axis.
    let ys: [Double] = [0, 1] + lines.flatMap { $0.y + $0.low + $0.high }
    let used = (ys.max() ?? 0) - (ys.min() ?? 0)
    #expect(chart.y.upperBound - chart.y.lowerBound <= 2.2 * used + 1.01)
  }

  @Test func `rules lie where they are and the legend names lines and then rules`() throws {
    let lines = [
      StandalonePlot.Line("first", x: [0, 1], y: [0.2, 0.4]),
      StandalonePlot.Line("second", x: [0, 1], y: [0.5, 0.1]),
    ]
    let rules = [
      StandalonePlot.Rule("level", from: (0, 0.3), to: (1, 0.3)),
      StandalonePlot.Rule("upright", from: (0.25, 0), to: (0.25, 1)),
    ]
    let (root, chart) = try read(plot(lines, rules: rules))
    let found = try chart.rules()
    let (dx, dy) = chart.accuracy
    #expect(found.map(\.name) == ["level", "upright"])
    for (rule, right) in zip(found, rules) {
      #expect(abs(rule.from.x - right.x[0]) <= dx && abs(rule.to.x - right.x[1]) <= dx)
      #expect(abs(rule.from.y - right.y[0]) <= dy && abs(rule.to.y - right.y[1]) <= dy)
    }
    let legend = try #require(root.children.last { $0.tag == "g" })
    #expect(legend.all("text").map(\.words) == ["first", "second", "level", "upright"])
    #expect(legend.all("line").map { $0["class"] } == ["s0", "s1", "rule", "rule"])
    let heights = legend.all("line").compactMap { $0.number("y1") }
    #expect(heights == heights.sorted() && Set(heights).count == 4)
    #expect(heights.allSatisfy { $0 > chart.bottom })
  }

  /// The style sheet knows six looks; a line beyond them must not vanish.
  @Test func `a seventh line has the look of the first`() throws {
    let lines = (0..<8).map {
      StandalonePlot.Line("l\($0)", x: [0, 1], y: [Double($0), Double($0) + 1])
    }
    let (root, _) = try read(plot(lines))
    let styles = root.all("polyline").map { $0["class"] ?? "" }
    #expect(styles == ["s0", "s1", "s2", "s3", "s4", "s5", "s0", "s1"])
    let sheet = try #require(root.first("style")).words
    for style in Set(styles) { #expect(sheet.contains("polyline.\(style)")) }
  }

  @Test func `what is not finite is left out, and the rest is drawn`() throws {
    let line = StandalonePlot.Line(
      "gaps", x: [0, 1, 2, 3, .infinity], y: [1, .nan, 3, -.infinity, 2],
      low: [0.5, 0, .nan, 0, 0], high: [1.5, 2, 3, 4, 5], hasMarks: true)
    let (root, chart) = try read(plot([line]))
    let found = try chart.line("gaps")
    #expect(found.count == 2)
    #expect(abs(found[0].y - 1) <= chart.accuracy.y && abs(found[1].y - 3) <= chart.accuracy.y)
    #expect(root.all("circle").count == 2)
    #expect(try DrawnChart.pairs(try #require(root.first("polygon"))).count == 6)
    let none = StandalonePlot.Line("none", x: [0, 1], y: [.nan, .nan])
    #expect(try read(plot([none])).chart.line("none").isEmpty)
  }

  @Test(arguments: [1e17, 1e20, 3e38, -5e25, 1e-12])
  func `sizes far from one are drawn`(size: Double) throws {
    let (_, chart) = try read(
      plot([
        .init("grows", x: [1, 2, 3], y: [size / 4, size / 2, size]),
        .init("rests", x: [1, 2, 3], y: [size, size, size]),
      ]))
    #expect(chart.faultsOfTicks() == [], "\(chart.faultsOfTicks())")
    #expect(chart.yTicks.count >= 2)
    let (_, flat) = try read(plot([.init("rests", x: [2], y: [size])]))
    let point = try #require(try flat.line("rests").first)
    #expect(abs(point.y - size) <= flat.accuracy.y * 1.01)
  }

  @Test func `equal plots give equal bytes, and an empty one is a drawing`() throws {
    for seed in 0..<9 {
      #expect(plot(Self.drawn(seed)).svg() == plot(Self.drawn(seed)).svg())
    }
    let (root, chart) = try read(plot([]))
    #expect(chart.names.isEmpty && chart.x == 0...1 && chart.y == 0...1)
    #expect(root["xmlns"] == "http://www.w3.org/2000/svg")
  }

  @Test(arguments: Samples.hostile)
  func `names of any kind are text`(name: String) throws {
    let text = StandalonePlot(
      title: name, description: name, xTitle: name, yTitle: name,
      lines: [.init(name, x: [0, 1], y: [0, 1])],
      rules: [.init(name, from: (0, 0), to: (1, 1))]
    ).svg()
    let root = try MarkupReader.read(text.trimmingCharacters(in: .newlines))
    let shown = Escape.visible(name)
    let chart = try #require(try DrawnChart.all(in: root).first)
    #expect(chart.title == shown && chart.description == shown && chart.names == [shown])
    #expect(chart.node["data-x"] == shown && chart.node["data-y"] == shown)
    #expect(try chart.rules().map(\.name) == [shown])
    #expect(root.all("text").filter { $0.words == shown }.count == 4)
    #expect(root.all("script").isEmpty && root.all("img").isEmpty)
  }

  /// A drawing names itself to whoever does not see it.
  @Test func `the drawing has a role, a title and a description`() throws {
    let (root, chart) = try read(plot([.init("l", x: [0, 1], y: [0, 1])]))
    #expect(chart.node["role"] == "img")
    let ids = (chart.node["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
    #expect(ids.count == 2)
    #expect(ids.compactMap { root.with(id: $0)?.words } == ["Title", "Words."])
  }

  /// An axis begins at 0 where the data are near it, and not where 0 would squeeze them.
  @Test func `zero is on the axis where it is near`() throws {
    let near = try read(plot([.init("l", x: [0, 1], y: [0.3, 1])])).chart
    #expect(near.y.lowerBound == 0)
    let far = try read(plot([.init("l", x: [0, 1], y: [0.9, 1])])).chart
    #expect(far.y.lowerBound > 0.8 && far.y.lowerBound < 0.9)
    let below = try read(plot([.init("l", x: [0, 1], y: [-1, 1])])).chart
    #expect(below.y.lowerBound < -1 && below.y.upperBound > 1)
    let whole = try read(plot([.init("l", x: [0, 1], y: [0, 1])])).chart
    #expect(whole.y == 0...1)
  }
}
