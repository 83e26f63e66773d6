import Evaluation
import Testing
import Uncertainty

@Suite("Classes in few groups")
struct FewGroupsTests {
  /// Class `b` occurs in `groups` patients of 20, five examples each; a third of the decisions are wrong.
  private func assessment(rareIn groups: Int) throws -> Assessment {
    let rows = 0..<100
    let truths = rows.map { $0 / 5 < groups ? 1 : 0 }
    let predictions = try Predictions(
      classes: ["a", "b"], paths: rows.map(String.init), truths: truths,
      probabilities: rows.flatMap { row -> [Double] in
        let right = row % 3 != 0
        return (truths[row] == 1) == right ? [0.2, 0.8] : [0.7, 0.3]
      }, columns: [.init("group", rows.map { "p\($0 / 5)" })])
    return Assessment(predictions, settings: IntervalSettings(resamples: 200))
  }

  @Test("four patients give no interval, five do; the common class has its own either way")
  func threshold() throws {
    let four = try assessment(rareIn: 4)
    #expect(four.resampling.clusters == 20)
    #expect(four.classIntervals[1].intervals.isEmpty)
    #expect(four.classIntervals[0][.recall] != nil)
    #expect(try assessment(rareIn: 5).classIntervals[1][.recall] != nil)
  }
}
