import Evaluation
import Testing

@Suite("Kendall's tau-b")
struct KendallTests {
  @Test("same order, opposite order, constant")
  func limits() {
    #expect(ConfusionMatrix(rows: [[3, 0], [0, 4]]).kendallTau == 1)
    #expect(ConfusionMatrix(rows: [[0, 3], [4, 0]]).kendallTau == -1)
    #expect(ConfusionMatrix(rows: [[3, 0], [4, 0]]).kendallTau == nil)
    #expect(ConfusionMatrix(rows: [[3, 4], [0, 0]]).kendallTau == nil)
    #expect(ConfusionMatrix(rows: [[1, 0], [0, 0]]).kendallTau == nil)
    #expect(ConfusionMatrix(classes: 3).kendallTau == nil)
  }

  @Test("equals the count of pairs")
  func pairs() {
    for number in 1...200 {
      let table = GoldenTable(number)
      var (same, inTruth, inDecision) = (0, 0, 0)
      for first in table.truths.indices {
        for second in table.truths.indices where second > first {
          let truth = (table.truths[first] - table.truths[second]).signum()
          let decision = (table.decisions[first] - table.decisions[second]).signum()
          same += truth * decision
          inTruth += truth * truth
          inDecision += decision * decision
        }
      }
      let tau = table.evidence.confusion.kendallTau
      let expected = Double(same) / (Double(inTruth) * Double(inDecision)).squareRoot()
      #expect(inTruth * inDecision == 0 ? tau == nil : abs((tau ?? 9) - expected) < 1e-12)
    }
  }

  @Test("counts in the millions do not overflow")
  func large() {
    let confusion = ConfusionMatrix(rows: [[400_000_000, 1], [1, 600_000_000]])
    #expect(abs((confusion.kendallTau ?? 0) - 1) < 1e-8)
  }
}
