import Audit
import Files
import Foundation
import TestSupport
import Testing

/// How hard examples are.
@Suite struct HardTests {
  private struct Golden: Decodable {
    struct Example: Decodable {
      let aum, el2n, grand, forgetting, tracin: Double?
    }
    let early: Int, rates: [String: Double], rows: Int, mixed: Int
    let examples: [String: Example]
    let given: [Int32], p: [Double], counts: [Int], bits: [Double], information: Double
  }

  private func golden() throws -> Golden {
    try TestSupport.Golden.load("Audit/hard.json", as: Golden.self)
  }

  /// Records of training beside NumPy: means, the first epochs alone, falls, and rates by epoch.
  @Test func measuresOfRecords() throws {
    let golden = try golden()
    let rates = Dictionary(
      uniqueKeysWithValues: golden.rates.map { (Int($0.key) ?? 0, $0.value) })
    let found = try RecordedMeasures(
      TestSupport.Golden.path("Audit/hard.csv"), early: golden.early, rates: rates)
    #expect(found.rows == golden.rows && found.mixedRows == golden.mixed)
    #expect(Set(found.examples.keys) == Set(golden.examples.keys))
    func check(_ a: Double?, _ b: Double?, _ what: String) {
      guard let a, let b else {
        #expect(a == nil && b == nil, "\(what)")
        return
      }
      #expect(abs(a - b) <= 1e-9 * max(1, abs(b)), "\(what): \(a) \(b)")
    }
    for (path, expected) in golden.examples {
      let one = try #require(found.examples[path])
      check(one.aum, expected.aum, "aum of \(path)")
      check(one.el2n, expected.el2n, "el2n of \(path)")
      check(one.grand, expected.grand, "grand of \(path)")
      check(one.forgetting, expected.forgetting, "forgetting of \(path)")
      check(one.selfInfluence, expected.tracin, "tracin of \(path)")
    }
    let without = try RecordedMeasures(
      TestSupport.Golden.path("Audit/hard.csv"), early: golden.early)
    #expect(without.examples.values.allSatisfy { $0.selfInfluence == nil && $0.aum != nil })
  }

  /// A run whose last layer has no gradient norms has empty cells there, and no measure of them.
  @Test func whatWasNotRecordedIsNotMadeUp() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/examples.csv"
      let header = "path,epoch,step,loss,margin,correct,el2n,grad_norm,weight\n"
      try AtomicFile.write(header + "a.png,1,1,0.5,,1,0.3,,1\n", to: file)
      let one = try RecordedMeasures(file, early: 2, rates: [1: 0.1]).examples["a.png"]
      #expect(one?.aum == nil && one?.grand == nil && one?.selfInfluence == nil)
      #expect(one?.el2n == 0.3 && one?.forgetting == 0)
      try AtomicFile.write("path,epoch,margin,correct,el2n,weight\n", to: file)
      let lacking = #expect(throws: FileError.self) { try RecordedMeasures(file, early: 2) }
      #expect(
        lacking?.description.contains(
          "lacks the column 'grad_norm'; expected what train --record examples writes") == true,
        "\(lacking as Any)")
      try AtomicFile.write(header + "a.png,1,1,0.5,high,1,0.3,,1\n", to: file)
      let wrong = #expect(throws: FileError.self) { try RecordedMeasures(file, early: 2) }
      #expect(
        wrong?.description.contains("expected a number, got 'high'") == true, "\(wrong as Any)")
    }
  }

  /// Each value, and their mean, which is H(Y) − H(Y|X).
  @Test func pointwiseInformation() throws {
    let golden = try golden()
    let bits = PointwiseInformation.bits(
      selfConfidence: golden.p, given: golden.given, counts: golden.counts)
    #expect(difference(bits, golden.bits, relative: 1e-12, absolute: 1e-12) == nil)
    let mean = bits.reduce(0, +) / Double(bits.count)
    #expect(abs(mean - golden.information) < 1e-6)
    // What nobody believes is a large finite number; what knows no more than the share of the class is 0.
    let ends = PointwiseInformation.bits(
      selfConfidence: [0, 0.75, 0.75, 0.25], given: [0, 0, 0, 1], counts: [3, 1])
    #expect(ends[0].isFinite && ends[0] < -1000)
    #expect(ends[1...].allSatisfy { abs($0) < 1e-12 })
  }

  private func table() -> HardTable {
    HardTable(
      paths: ["a", "b", "c", "d", "e"], given: ["x", "x", "x", "y", "x"],
      columns: [
        .init(.aum, source: "records", values: [3, -1, -1, 0, nil]),
        .init(.el2n, source: "records", values: [0.1, 0.9, 0.5, 0.2, nil]),
      ],
      lacking: [.init(.vog, needs: "checkpoints", command: "steelyard train")])
  }

  /// Ranks are within the class, equal values share a rank, and a low margin is hard where a high error is.
  @Test func ranksWithinTheClass() {
    let table = table()
    #expect(table.ranks[0] == [3, 1, 1, 1, nil])
    #expect(table.ranks[1] == [3, 1, 2, 1, nil])
    // Of b: ⅔ by the margin (one easier, two equal), ⅚ by the error; the one of its class stands in the middle.
    let expected: [Double?] = [1.0 / 6, 0.75, 7.0 / 12, 0.5, nil]
    for (found, right) in zip(table.hardness, expected) {
      guard let found, let right else {
        #expect(found == nil && right == nil)
        continue
      }
      #expect(abs(found - right) < 1e-12, "\(found) \(right)")
    }
    #expect(table.order == [1, 2, 0, 4, 3])
  }

  /// NaN has no rank and counts for nothing; all others are ranked as without it, infinite ones too.
  @Test func whatIsNoNumberHasNoRank() {
    let table = HardTable(
      paths: ["a", "b", "c", "d"], given: ["x", "x", "x", "y"],
      columns: [.init(.vog, source: "weights", values: [.nan, 1, .infinity, .nan])])
    #expect(table.ranks[0] == [nil, 2, 1, nil])
    #expect(table.hardness == [nil, 0.25, 0.75, nil])
    #expect(table.order == [2, 1, 0, 3])
  }

  @Test func theTableOnTheDisk() throws {
    try withTemporaryFolder { folder in
      try table().write(to: folder + "/hard.csv")
      let text = String(decoding: try FileBytes.read(folder + "/hard.csv"), as: UTF8.self)
      let lines = text.split(separator: "\n")
      #expect(lines[0] == "path,given,hardness,aum,aum_rank,el2n,el2n_rank")
      #expect(lines[1] == "b,x,0.75,-1.0,1,0.9,1")
      #expect(lines[4] == "e,x,,,,,")
      #expect(lines.count == 6)
    }
    let summary = table().summary
    #expect(summary.measures.map(\.name) == [.aum, .el2n])
    #expect(summary.measures[0].isHardWhenLow && !summary.measures[1].isHardWhenLow)
    #expect(summary.measures[0].examples == 4 && summary.lacking.map(\.measure) == [.vog])
  }
}
