import Evaluation
import TestSupport
import Testing

@Suite("Points of a ranking: sensitivity, specificity, the first k")
struct ScoreRankingOperatingPointTests {
  private let ranking = ScoreRankingTests.ranking

  @Test("2000 tables equal scikit-learn's curves")
  func golden() throws {
    let golden: [[Double?]] = try Golden.load("Evaluation/operating.json")
    #expect(golden.count == 2000)
    for (index, expected) in golden.enumerated() {
      let number = index + 1
      let ranking = try GoldenTable(number).predictions().ranking(of: 0)
      let bound = [0, 0.5, 0.8, 0.9, 1][number % 5]
      let values = [
        ranking.sensitivity(atSpecificity: bound)?.sensitivity,
        ranking.specificity(atSensitivity: bound)?.specificity,
        ranking.precision(atTop: 1 + number % 7),
        ranking.netBenefit(at: [0.1, 0.25, 0.5, 0.8][number % 4])?.model,
      ]
      for (column, value) in values.enumerated() {
        #expect(matches(value, expected[column]), "table \(number): column \(column)")
      }
    }
  }

  @Test("sensitivity at a specificity, and the other way round")
  func bounds() {
    #expect(ranking.sensitivity(atSpecificity: 1)?.threshold == 0.9)
    #expect(ranking.sensitivity(atSpecificity: 1)?.sensitivity == 0.5)
    #expect(ranking.sensitivity(atSpecificity: 0.3)?.threshold == 0.4)
    #expect(ranking.specificity(atSensitivity: 1)?.threshold == 0.4)
    #expect(ranking.specificity(atSensitivity: 1)?.specificity == 1.0 / 3)
    #expect(ranking.specificity(atSensitivity: 0)?.specificity == 1)
    // As specific as calling nobody, and finds one.
    #expect(ranking.specificity(atSensitivity: 0)?.threshold == 0.9)
    #expect(ScoreRanking(positives: [1], negatives: []).sensitivity(atSpecificity: 0.5) == nil)
    #expect(ScoreRanking(positives: [], negatives: [1]).specificity(atSensitivity: 0.5) == nil)
  }

  @Test("a bound that is reached exactly holds")
  func exact() {
    let ranking = ScoreRanking(
      positives: [0.05], negatives: (0..<10).map { Double($0) / 10 })
    #expect(ranking.sensitivity(atSpecificity: 0.1)?.specificity == 0.1)
  }

  @Test("the first k; ties at the border count in part")
  func first() {
    #expect(ranking.precision(atTop: 1) == 1)
    #expect(ranking.precision(atTop: 2) == 0.5)
    #expect(ranking.precision(atTop: 3) == 0.5)
    #expect(ranking.precision(atTop: 4) == 0.5)
    #expect(ranking.precision(atTop: 5) == 0.4)
    #expect(ranking.precision(atTop: 6) == nil)
    #expect(ranking.recall(atTop: 3) == 0.75)
    #expect(ranking.recall(atTop: 5) == 1)
    #expect(ScoreRanking(positives: [], negatives: [1]).recall(atTop: 1) == nil)
  }

  @Test("the point of any threshold, between and beyond the scores")
  func thresholds() {
    #expect(ranking.point(atThreshold: 0.5).truePositives == 1)
    #expect(ranking.point(atThreshold: 0.4).truePositives == 2)
    #expect(ranking.point(atThreshold: 0.4).falsePositives == 2)
    #expect(ranking.point(atThreshold: 2).truePositives == 0)
    #expect(ranking.point(atThreshold: -.infinity).falsePositives == 3)
  }

  @Test("impossible bounds trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      _ = ScoreRankingTests.ranking.sensitivity(atSpecificity: 1.5)
    }
    await #expect(processExitsWith: .failure) {
      _ = ScoreRankingTests.ranking.specificity(atSensitivity: .nan)
    }
    await #expect(processExitsWith: .failure) { _ = ScoreRankingTests.ranking.precision(atTop: 0) }
    await #expect(processExitsWith: .failure) {
      _ = ScoreRankingTests.ranking.point(atThreshold: .nan)
    }
  }
}
