import Audit
import Curation
import Evaluation
import Files
import Foundation
import Imaging
import Randomness
import Reports
import Targets
import TestSupport
import Testing
import Uncertainty

/// The pages that are no report of classes, in a real browser where there is one: of labels, grades and numbers, of a comparison, of
/// an audit and of a curation.
@Suite(.serialized, .enabled(if: Browser.path != nil, "no chromium here; apt-get install chromium"))
struct PagesInBrowserTests {
  private static let settings = IntervalSettings(resamples: 40)

  private func labels() -> String {
    let names = [
      "<img src=x onerror=alert(1)>", "effusion", "a label of a name that is rather long",
    ]
    let found = LabelAssessment(
      LabelPredictions(
        labels: names, paths: (0..<90).map { "\(1000 + $0)" },
        truths: (0..<90).flatMap { row -> [Bool?] in
          [row % 3 == 0, row % 5 == 1 ? nil : row % 4 == 0, row % 30 == 0]
        },
        probabilities: (0..<90).flatMap { row -> [Double] in
          names.indices.map { Double((row * (37 + 16 * $0)) % 97) / 97 }
        }),
      settings: Self.settings)
    return TargetSheet.html([TargetSheet(found)], title: "<b>films</b>")
  }

  private func grades() throws -> String {
    let found = GradeAssessment(
      try Predictions(
        classes: ["none", "mild", "severe"], paths: (0..<60).map { "\(100 + $0)" },
        truths: (0..<60).map { $0 % 3 },
        probabilities: (0..<60).flatMap { row -> [Double] in
          let p = 0.2 + 0.5 * Double((row * 29) % 31) / 31
          return (0..<3).map { $0 == row % 3 ? p : (1 - p) / 2 }
        }),
      settings: Self.settings)
    return TargetSheet.html([TargetSheet(found)], title: "retinas")
  }

  private func numbers() -> String {
    let truths = (0..<60).map { Double($0) }
    let predicted = (0..<60).map { (row: Int) -> Double in
      let error = Double((row * 29) % 31 - 15) / 5
      return truths[row] + error
    }
    let found = NumberAssessment(
      NumberPredictions(
        paths: (0..<60).map { "\(100 + $0)" }, truths: truths, predicted: predicted,
        intervals: predicted.map { $0 - 2...$0 + 2 }),
      settings: Self.settings)
    return TargetSheet.html([TargetSheet(found)], title: "ages")
  }

  /// 20,000 labels of ten classes, one in eight under another class, with a picture for each that is shown.
  private func audit() throws -> String {
    var source = RandomKey(seed: 8).source
    let (rows, classes) = (20_000, 10)
    var (p, given): ([Double], [Int32]) = ([], [])
    for row in 0..<rows {
      let seen = row % classes
      given.append(Int32(source.below(8) == 0 ? (seen + 1) % classes : seen))
      p += (0..<classes).map { $0 == seen ? 0.91 : 0.01 }
    }
    let pixels = (0..<96 * 96 * 3).map { _ in UInt8(source.below(256)) }
    let picture = try PNG.encode(Image(width: 96, height: 96, channels: 3, pixels: pixels))
    let found = LabelFindings(
      try LabelAudit(ProbabilityRows(p, classes: classes), given: given, threads: 2),
      classes: (0..<classes).map { "class <i>\($0)" }, paths: (0..<rows).map { "\($0).png" },
      rule: .predicted)
    #expect(found.findings.count > 2000)
    return AuditPage(found) { _ in picture }.html
  }

  private func curation() throws -> String {
    var source = RandomKey(seed: 6).source
    let table = try FeatureTable(
      paths: (0..<90).map { "tile-\($0)" },
      values: (0..<90 * 6).map { _ in Float(source.normal()) }, width: 6)
    let found = try Curation(
      CurationRows(table, groups: (0..<90).map { $0 < 45 ? "<b>slide" : "other" }),
      key: RandomKey(seed: 1), products: PlainProducts())
    return CurationPage(found) { _ in nil }.html
  }

  private func page(_ name: String) throws -> String {
    switch name {
    case "labels": labels()
    case "grades": try grades()
    case "numbers": numbers()
    case "comparison": try GridPageTests.record(seeds: 3, names: ["erm", "<b>better", "x"]).html()
    case "audit": try audit()
    default: try curation()
    }
  }

  /// Nothing is written to the console, nothing hangs over the edge of a telephone or of a desk, and names stay text.
  @Test(arguments: ["labels", "grades", "numbers", "comparison", "audit", "curation"])
  func opensWithoutAWordAndFits(name: String) throws {
    let page = try page(name)
    let script = """
      document.title=[document.documentElement.scrollWidth<=innerWidth?'fits '+innerWidth:'wide '
      +[...document.querySelectorAll('main *')].filter(e=>e.getBoundingClientRect().right>innerWidth&&!e.closest('.scroll'))
      .slice(0,3).map(e=>e.tagName+'.'+e.getAttribute('class')).join(),
      document.querySelectorAll('main img:not([src^="data:"]),main i,h1 b').length,
      document.querySelectorAll('main section').length>1].join(' ');
      """
    let widths = [500, 1300]
    let found = try Browser.titles(of: widths.map { Browser.Frame(page, width: $0) }, after: script)
    #expect(found == widths.map { "fits \($0) 0 true" }, "\(name): \(found)")
  }

  /// An audit of 20,000 images shows the worst of each class, and pictures below the first screen wait until they are reached.
  @Test func anAuditOfManyImagesShowsSixHundred() throws {
    let page = try audit()
    #expect(page.ranges(of: "src=\"data:image/png;base64,").count == 600)
    #expect(page.ranges(of: "loading=\"lazy\"").count == 600)
  }
}
