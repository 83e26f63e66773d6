import Audit
import Curation
import Foundation
import Randomness
import Reports
import TestSupport
import Testing

/// The picture of a curation, read back: every row stands where its components are.
@Suite struct PlaneGeometryTests {
  private func curation() throws -> Curation {
    var source = RandomKey(seed: 16).source
    let table = try FeatureTable(
      paths: (0..<40).map { "tile-\($0)" },
      values: (0..<40 * 5).map { _ in Float(source.normal()) }, width: 5)
    var settings = CurationSettings()
    settings.leastGroup = 10
    return try Curation(
      CurationRows(
        table, groups: (0..<40).map { $0 < 20 ? "one" : "other" },
        labels: [String?](repeating: nil, count: 40)), settings: settings,
      key: RandomKey(seed: 3), products: PlainProducts())
  }

  @Test func `rows stand where their first two components are, chosen ones above`() throws {
    let curation = try curation()
    let root = try MarkupReader.read(CurationPlane(curation).svg)
    let chart = try #require(try DrawnChart.all(in: root).first)
    #expect(chart.faultsOfTicks() == [], "\(chart.faultsOfTicks())")
    let circles = chart.node.all("circle")
    let place = { (circle: Node) in
      chart.value((circle.number("cx") ?? .nan, circle.number("cy") ?? .nan))
    }
    let dots = circles.filter { !$0.has("cross") }.map(place)
    let rings = circles.filter { $0.has("cross") }.map(place)
    let (dx, dy) = (chart.accuracy.x * 1.01, chart.accuracy.y * 1.01)
    let rows =
      curation.plane.indices.filter { !curation.isSelected($0) } + curation.selected
    #expect(dots.count == rows.count && rings.count == curation.selected.count)
    for (dot, row) in zip(dots, rows) {
      #expect(abs(dot.x - Double(curation.plane[row].x)) <= dx, "row \(row)")
      #expect(abs(dot.y - Double(curation.plane[row].y)) <= dy, "row \(row)")
    }
    for (ring, row) in zip(rings, curation.selected) {
      #expect(abs(ring.x - Double(curation.plane[row].x)) <= dx)
      #expect(abs(ring.y - Double(curation.plane[row].y)) <= dy)
    }
    #expect(
      chart.description
        == "\(Figures.count(rows.count)) points, \(Figures.count(curation.selected.count)) of them chosen and ringed"
    )
    // Every point has a look, and none is cut off at the edge.
    let sheet = try #require(root.first("style")).words
    for circle in circles where !circle.has("cross") {
      #expect(sheet.contains("circle.\(circle["class"] ?? "")"))
    }
    for dot in dots {
      #expect(dot.x > chart.x.lowerBound && dot.x < chart.x.upperBound)
      #expect(dot.y > chart.y.lowerBound && dot.y < chart.y.upperBound)
    }
  }

  @Test func `what is not drawn is counted`() throws {
    let curation = try curation()
    let chosen = curation.selected.count
    let root = try MarkupReader.read(CurationPlane(curation, most: chosen + 2).svg)
    let chart = try #require(try DrawnChart.all(in: root).first)
    #expect(
      chart.description.hasSuffix(
        "\(chosen) of them chosen and ringed; \(40 - chosen - 2) others are not drawn"))
  }

  @Test func `the page is a page`() throws {
    let root = try MarkupReader.read(CurationPage(try curation()) { _ in nil }.html)
    let heads = root.below.filter { ["h1", "h2", "h3"].contains($0.tag) }
    #expect(heads.first?.tag == "h1" && root.all("h1").count == 1)
    #expect(root.all("section").count == root.first("nav")?.all("a").count)
    let ids = root.below.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
  }
}
