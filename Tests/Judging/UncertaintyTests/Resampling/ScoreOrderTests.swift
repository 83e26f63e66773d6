import Testing
import Uncertainty

@Suite("Order of scores")
struct ScoreOrderTests {
  @Test("from the highest down, equal scores by row, runs of equal scores marked")
  func order() {
    let order = ScoreOrder(scores: [0.1, 0.9, 0.5, 0.9], truths: [4, 5, 6, 7])
    #expect(order.entries.map(\.row) == [1, 3, 2, 0])
    #expect(order.entries.map(\.truth) == [5, 7, 6, 4])
    #expect(order.runEnds == [2, 3, 4])
    #expect(order.runs == [0..<2, 2..<3, 3..<4])
  }

  @Test("no two equal scores: no runs to look after; nothing at all: nothing")
  func distinct() {
    let order = ScoreOrder(scores: [3, 1, 2], truths: [0, 0, 0])
    #expect(order.runEnds.isEmpty)
    #expect(order.runs == [0..<1, 1..<2, 2..<3])
    #expect(ScoreOrder(scores: [], truths: []).runs.isEmpty)
    #expect(ScoreOrder(scores: [1, 1], truths: [0, 1]).runs == [0..<2])
  }
}
