import Audit
import Curation
import Randomness
import Reports
import TestSupport
import Testing

@Suite struct CurationPageTests {
  /// 30 rows of two groups, one with a name that is markup, and a group that is too small.
  private func curation() throws -> Curation {
    var source = RandomKey(seed: 6).source
    let table = try FeatureTable(
      paths: (0..<33).map { "tile-\($0)" },
      values: (0..<33 * 6).map { _ in Float(source.normal()) },
      width: 6)
    let groups = (0..<33).map { $0 < 15 ? "<b>slide" : $0 < 30 ? "other" : "stump" }
    var settings = CurationSettings()
    settings.leastGroup = 10
    settings.spread = 1
    let labels = (0..<33).map { $0 == 0 ? Optional("stroma") : nil }
    return try Curation(
      CurationRows(table, groups: groups, labels: labels), settings: settings,
      key: RandomKey(seed: 1), products: PlainProducts())
  }

  @Test func sheetsOfEveryCluster() throws {
    let curation = try curation()
    let page = CurationPage(curation) { _ in nil }.html
    for place in curation.clusters.clusters.indices {
      #expect(page.contains("id=\"cluster-\(place)\""))
    }
    #expect(page.ranges(of: "class=\"nopicture\"").count == curation.selected.count)
    #expect(!page.contains("<b>slide") && page.contains("&lt;b&gt;slide"))
    #expect(page.contains("stump") && page.contains("Proposed:"))
    let again = CurationPage(try self.curation()) { _ in nil }.html
    #expect(page == again)
  }

  /// Every row is a point while there is room, every chosen row has a ring; without room the chosen rows stay.
  @Test func thePlane() throws {
    let curation = try curation()
    let chosen = curation.selected.count
    func circles(_ svg: String) -> (dots: Int, rings: Int) {
      let rings = svg.ranges(of: "<circle class=\"cross\"").count
      return (svg.ranges(of: "<circle").count - rings, rings)
    }
    let all = circles(CurationPlane(curation).svg)
    #expect(all.dots == 33 && all.rings == chosen)
    let few = circles(CurationPlane(curation, most: chosen + 3).svg)
    #expect(few.dots == chosen + 3 && few.rings == chosen)
  }

  @Test func mostAreNotShown() throws {
    let page = CurationPage(try curation(), most: 4) { _ in nil }.html
    #expect(page.ranges(of: "class=\"nopicture\"").count == 4)
  }
}
