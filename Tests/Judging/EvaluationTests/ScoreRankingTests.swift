import Evaluation
import TestSupport
import Testing

@Suite("One class against the rest, ordered by score")
struct ScoreRankingTests {
  /// From the top: +, −, {+, −} tied, −.
  static let ranking = ScoreRanking(positives: [0.9, 0.4], negatives: [0.6, 0.4, 0.1])

  @Test("every distinct score is one place")
  func places() {
    #expect(Self.ranking.thresholds == [0.9, 0.6, 0.4, 0.1])
    #expect(Self.ranking.truePositives == [1, 1, 2, 2])
    #expect(Self.ranking.falsePositives == [0, 1, 2, 3])
    #expect(Self.ranking.prevalence == 0.4)
    #expect(Self.ranking.points.count == 5)
    #expect(Self.ranking.points[0].threshold == .infinity)
    #expect(Self.ranking.points[0].precision == nil)
    #expect(Self.ranking.points[4].falsePositiveRate == 1)
  }

  @Test("areas by hand")
  func areas() {
    // Pairs won: 3 + 1 + ½ of 6; precision 1 at recall ½, 2/4 at recall 1.
    #expect(Self.ranking.rocAUC == 0.75)
    #expect(Self.ranking.averagePrecision == 0.75)
  }

  @Test("areas of a class equal those of the table")
  func agree() throws {
    for number in 1...300 {
      let table = GoldenTable(number)
      let (predictions, inputs) = (try table.predictions(), table.evidence.value)
      for index in 0..<table.classes {
        let ranking = predictions.ranking(of: index)
        #expect(ranking.rocAUC == inputs.rocAUC[index])
        #expect(close(ranking.averagePrecision ?? -1, inputs.averagePrecision[index] ?? -1))
      }
    }
  }

  @Test("nothing to rank")
  func empty() {
    let none = ScoreRanking(positives: [], negatives: [])
    #expect(none.rocAUC == nil)
    #expect(none.averagePrecision == nil)
    #expect(none.prevalence == nil)
    #expect(none.points.count == 1)
    #expect(ScoreRanking(positives: [], negatives: [1]).averagePrecision == nil)
    #expect(ScoreRanking(positives: [1], negatives: []).averagePrecision == 1)
    #expect(ScoreRanking(positives: [1], negatives: []).rocAUC == nil)
  }

  @Test("rows without truth are left out; a class out of range and NaN trap")
  func predictions() async throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["1", "2", "3"], truths: [0, nil, 1],
      probabilities: [0.9, 0.1, 0.5, 0.5, 0.3, 0.7])
    #expect(predictions.ranking(of: 1) == ScoreRanking(positives: [0.7], negatives: [0.1]))
    await #expect(processExitsWith: .failure) {
      _ = try PredictionsTests.make().ranking(of: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = ScoreRanking(positives: [.nan], negatives: [0.5])
    }
  }
}
