import Foundation
import TestSupport
import Testing

/// `steelyard demo --gauss`
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct GaussDemoTests {
  private struct Shown: Decodable {
    struct Entry: Decodable {
      struct Recall: Decodable { var all, head, mid, tail: Double }
      var method: String
      var recall: Recall
    }
    var entries: [Entry]
    var seeds: [Int]
  }

  @Test func everyMethodHasARow() throws {
    try withTemporaryFolder { folder in
      let shown = try Programme.run(
        ["demo", "--gauss", "--seeds", "1", "--epochs", "15", "--seed", "7", "--json", "-q"],
        in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      let table = try JSONDecoder().decode(Shown.self, from: Data(shown.output.utf8))
      #expect(table.seeds == [7])
      let listed = try Programme.run(["methods"], in: folder).output
      #expect(table.entries.count >= 13)
      #expect(table.entries.allSatisfy { listed.contains($0.method) && $0.recall.all > 25 })
      // No file is left.
      #expect(!FileManager.default.fileExists(atPath: folder + "/demo"))
    }
  }

  @Test func optionsThatDoNotFitAreRefused() throws {
    try withTemporaryFolder { folder in
      let alone = try Programme.run(["demo", "--seeds", "2"], in: folder)
      #expect(alone.status == 64 || alone.status == 2)
      #expect(alone.errors.contains("--seeds: takes part with --gauss only; leave it out."))
      let none = try Programme.run(["demo", "--gauss", "--seeds", "0"], in: folder)
      #expect(none.errors.contains("--seeds: expected 1 to 10000, got 0."))
    }
  }
}
