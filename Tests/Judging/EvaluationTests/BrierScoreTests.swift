import Evaluation
import TestSupport
import Testing

@Suite("Brier score")
struct BrierScoreTests {
  private func score(_ truth: Int, _ probabilities: [Double]) -> Double? {
    var score = BrierScore()
    score.add(Outcome(truth: truth, probabilities: probabilities[...]))
    return score.value
  }

  @Test("by hand, from right to wrong")
  func byHand() {
    #expect(score(0, [1, 0, 0]) == 0)
    #expect(score(1, [1, 0, 0]) == 2)
    #expect(close(score(0, [0.5, 0.25, 0.25]) ?? 0, 0.375))
    #expect(score(1, [0.3, 0.7]).map { close($0, 2 * 0.09, relative: 1e-12) } == true)
    #expect(BrierScore().value == nil)
  }
}
