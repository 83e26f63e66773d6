import Evaluation
import TestSupport
import Testing

@Suite("Net benefit")
struct NetBenefitTests {
  private let ranking = ScoreRankingTests.ranking

  @Test("by hand")
  func byHand() throws {
    // At 0.4: 2 hits, 2 alarms of 5, odds 2/3.
    let benefit = try #require(ranking.netBenefit(at: 0.4))
    #expect(close(benefit.model, (2 - 2 * 2.0 / 3) / 5))
    #expect(close(benefit.all, (2 - 3 * 2.0 / 3) / 5, absolute: 1e-15))
    #expect(close(benefit.interventionsAvoided, (benefit.model - benefit.all) * 1.5))
  }

  @Test("acting from the lowest probability on is acting on everybody; from above, on nobody")
  func extremes() throws {
    let lowest = try #require(ranking.netBenefit(at: 0.05))
    #expect(lowest.model == lowest.all)
    #expect(ranking.netBenefit(at: 0.95)?.model == 0)
    #expect(ScoreRanking(positives: [], negatives: []).netBenefit(at: 0.5) == nil)
  }

  @Test("a perfect model is worth the prevalence at any threshold between the scores")
  func perfect() {
    let perfect = ScoreRanking(positives: [1, 1], negatives: [0, 0, 0])
    let curve = perfect.decisionCurve([0.1, 0.5, 0.9])
    #expect(curve.map(\.threshold) == [0.1, 0.5, 0.9])
    for benefit in curve { #expect(benefit.model == 0.4) }
  }

  @Test("a threshold of 0 or 1 traps")
  func impossible() async {
    await #expect(processExitsWith: .failure) { _ = ScoreRankingTests.ranking.netBenefit(at: 0) }
    await #expect(processExitsWith: .failure) { _ = ScoreRankingTests.ranking.netBenefit(at: 1) }
  }
}
