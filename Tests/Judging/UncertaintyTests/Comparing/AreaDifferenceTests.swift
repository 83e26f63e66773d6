import Evaluation
import Testing
import Uncertainty

@Suite("Paired difference of two AUROCs")
struct AreaDifferenceTests {
  private func pair(_ number: Int) throws -> (DeLong, DeLong) {
    let models = TwoModels(number)
    return (
      try #require(
        DeLong(positives: models.first.positives, negatives: models.first.negatives)),
      try #require(
        DeLong(positives: models.second.positives, negatives: models.second.negatives))
    )
  }

  @Test("swapping the models negates the difference and its interval, and keeps the p-value")
  func symmetry() throws {
    for number in 1...50 {
      let (a, b) = try pair(number)
      let (forth, back) = (AreaDifference(a, b), AreaDifference(b, a))
      #expect(forth.difference == -back.difference)
      #expect(forth.standardError == back.standardError && forth.pValue == back.pValue)
      #expect(forth.interval?.low == back.interval.map { -$0.high })
    }
  }

  @Test("a model against itself: no difference, p = 1")
  func itself() throws {
    let (a, _) = try pair(3)
    let none = AreaDifference(a, a)
    #expect(none.difference == 0 && none.standardError == 0 && none.pValue == 1)
    #expect(none.interval == nil)
  }

  @Test("one positive: no standard error, no p-value")
  func onePositive() throws {
    let a = try #require(DeLong(positives: [1], negatives: [0, 2]))
    let b = try #require(DeLong(positives: [3], negatives: [0, 2]))
    let difference = AreaDifference(a, b)
    #expect(difference.difference == 0.5)
    #expect(difference.standardError == nil && difference.pValue == nil)
  }
}
