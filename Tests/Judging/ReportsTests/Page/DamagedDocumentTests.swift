import Files
import Foundation
import Reports
import Runs
import TestSupport
import Testing

/// Documents in which one place was changed: what is read is drawn, and what cannot be drawn is refused.
@Suite struct DamagedDocumentTests {
  private static let part: [DamagedJSON.Step] = [
    .key("runs"), .index(0), .key("evaluations"), .index(0),
  ]

  /// What ended the program once: lists that are not as long as the classes, and counts that cannot be.
  @Test(
    arguments: [
      ([.key("runs")], .empty, "expected at least one"),
      (part + [.key("curves")], .longer, "curves of "),
      (part + [.key("metrics"), .key("class_intervals")], .empty, "class_intervals of "),
      (
        part + [.key("metrics"), .key("threshold_metrics"), .index(1), .key("net_benefit")],
        .shorter,
        "as many points of every class"
      ),
      (
        part + [.key("metrics"), .key("per_class"), .index(1), .key("predicted")], .zero,
        "as were said"
      ),
      (
        part + [.key("metrics"), .key("confusion_matrix"), .index(0), .index(0)], .negative,
        "a negative one"
      ),
      (
        part + [.key("decisions"), .key("assessment"), .key("before"), .key("ece_class")], .shorter,
        "ece_class of "
      ),
      (
        part + [.key("decisions"), .key("assessment"), .key("confusion"), .key("classes")], .zero,
        "confusion of "
      ),
    ] as [([DamagedJSON.Step], DamagedJSON.Change, String)])
  func whatDoesNotAgreeIsNamed(
    place: [DamagedJSON.Step], change: DamagedJSON.Change, words: String
  ) throws {
    let document = try #require(PageTests.documents["hostile"])
    let bytes = try JSONFile.encode(document)
    #expect(try ReportDocument.decode(bytes, name: "x.json") == document)
    let mutant = try #require(DamagedJSON(bytes).changed(place, change))
    let error = #expect(throws: RunFileError.self) {
      try ReportDocument.decode(mutant, name: "x.json")
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func countsOfComparisonsAreCounts() throws {
    let bytes = try JSONFile.encode(try #require(PageTests.documents["two"]))
    let place: [DamagedJSON.Step] = [
      .key("comparisons"), .index(0), .key("comparison"), .key("per_class"), .index(0),
      .key("support"),
    ]
    let mutant = try #require(DamagedJSON(bytes).changed(place, .negative))
    let error = #expect(throws: RunFileError.self) {
      try ReportDocument.decode(mutant, name: "x.json")
    }
    #expect(error?.description.contains("expected how many examples ") == true)
  }

  @Test(
    .enabled(if: Proofs.areAsked, Proofs.comment), arguments: ["2", "hostile", "nothing", "two"])
  func aDamagedDocumentIsRefusedOrDrawn(name: String) throws {
    let document = try #require(PageTests.documents[name])
    let bytes = try JSONFile.encode(document)
    #expect(try ReportDocument.decode(bytes, name: "x.json") == document)
    let damage = try DamagedJSON(bytes)
    var refused = 0
    for place in damage.places {
      for change in DamagedJSON.Change.allCases {
        guard let mutant = damage.changed(place, change) else { continue }
        guard let read = try? ReportDocument.decode(mutant, name: "x.json")
        else {
          refused += 1
          continue
        }
        #expect(read.html().hasSuffix("</html>\n"), "\(place) \(change)")
      }
    }
    #expect(refused > 0)
  }
}
