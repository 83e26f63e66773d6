import Evaluation
import Randomness
import TestSupport
import Testing

@Suite("Rankings: what must hold for any scores")
struct ScoreRankingPropertyTests {
  /// Rankings with few and many ties, with and without skill.
  private func rankings(_ body: ([Double], [Double], inout RandomSource) -> Void) {
    for number in 1...200 {
      var random = RandomKey(seed: UInt64(number)).folding("rankings").source
      let levels = [3.0, 10, 1e9][random.below(3)]
      func draw(_ lift: Double) -> Double {
        ((random.uniform() + lift) * levels).rounded() / levels
      }
      let positives = (0..<1 + random.below(20)).map { _ in draw(0.3) }
      let negatives = (0..<1 + random.below(20)).map { _ in draw(0) }
      body(positives, negatives, &random)
    }
  }

  @Test("a rising function of the scores changes nothing but the thresholds")
  func monotone() {
    rankings { positives, negatives, _ in
      let before = ScoreRanking(positives: positives, negatives: negatives)
      let after = ScoreRanking(
        positives: positives.map { 8 * $0 - 3 }, negatives: negatives.map { 8 * $0 - 3 })
      #expect(before.truePositives == after.truePositives)
      #expect(before.falsePositives == after.falsePositives)
      #expect(before.rocAUC == after.rocAUC)
      #expect(before.averagePrecision == after.averagePrecision)
    }
  }

  @Test("reversed scores, or exchanged roles, give one minus the area; both give it back")
  func mirrored() {
    rankings { positives, negatives, _ in
      let area = ScoreRanking(positives: positives, negatives: negatives).rocAUC ?? .nan
      let exchanged = ScoreRanking(positives: negatives, negatives: positives).rocAUC ?? .nan
      let reversed = ScoreRanking(
        positives: positives.map { -$0 }, negatives: negatives.map { -$0 }
      ).rocAUC
      #expect(close(area + exchanged, 1))
      #expect(close(area + (reversed ?? .nan), 1))
      #expect(areaUnderROC(positives: positives, negatives: negatives) == area)
    }
  }

  @Test("points run from nobody to everybody, sensitivity rising, specificity falling")
  func staircase() {
    rankings { positives, negatives, _ in
      let points = ScoreRanking(positives: positives, negatives: negatives).points
      for (before, after) in zip(points, points.dropFirst()) {
        #expect(before.threshold > after.threshold)
        #expect(before.truePositives <= after.truePositives)
        #expect(before.falsePositives <= after.falsePositives)
      }
      #expect(points.first?.sensitivity == 0)
      #expect(points.first?.specificity == 1)
      #expect(points.last?.sensitivity == 1)
      #expect(points.last?.specificity == 0)
    }
  }

  @Test("the area is that under the points, by trapezoids")
  func trapezoids() {
    rankings { positives, negatives, _ in
      let ranking = ScoreRanking(positives: positives, negatives: negatives)
      let points = ranking.points
      let area = zip(points, points.dropFirst()).reduce(0.0) { sum, pair in
        let width = (pair.1.falsePositiveRate ?? 0) - (pair.0.falsePositiveRate ?? 0)
        return sum + width * ((pair.0.sensitivity ?? 0) + (pair.1.sensitivity ?? 0)) / 2
      }
      #expect(close(ranking.rocAUC ?? .nan, area, absolute: 1e-12))
    }
  }

  @Test("bounds hold, and no other point is better")
  func best() {
    rankings { positives, negatives, random in
      let ranking = ScoreRanking(positives: positives, negatives: negatives)
      let bound = random.uniform()
      let sensitive = ranking.sensitivity(atSpecificity: bound)
      let specific = ranking.specificity(atSensitivity: bound)
      #expect((sensitive?.specificity ?? -1) >= bound)
      #expect((specific?.sensitivity ?? -1) >= bound)
      for point in ranking.points {
        if let reached = point.specificity, reached >= bound {
          #expect((point.sensitivity ?? 2) <= (sensitive?.sensitivity ?? -1))
        }
        if let reached = point.sensitivity, reached >= bound {
          #expect((point.specificity ?? 2) <= (specific?.specificity ?? -1))
        }
      }
    }
  }

  @Test("precision at k is the mean over random orders of the equal scores")
  func randomOrders() {
    var random = RandomKey(seed: 8).source
    let (positives, negatives) = ([0.9, 0.5, 0.5], [0.7, 0.5, 0.5, 0.5, 0.1])
    let ranking = ScoreRanking(positives: positives, negatives: negatives)
    let all = positives.map { ($0, 1.0) } + negatives.map { ($0, 0.0) }
    for k in 1...all.count {
      var sum = 0.0
      for _ in 0..<4000 {
        let shuffled = random.shuffle(all.count).map { all[$0] }
        // The sort of the standard library is stable: equal scores stay in the shuffled order.
        sum += shuffled.sorted { $0.0 > $1.0 }.prefix(k).reduce(0) { $0 + $1.1 } / Double(k)
      }
      #expect(abs(sum / 4000 - (ranking.precision(atTop: k) ?? -1)) < 0.03, "k \(k)")
    }
  }

  @Test("all examples: precision is the prevalence, recall 1")
  func everybody() {
    rankings { positives, negatives, _ in
      let ranking = ScoreRanking(positives: positives, negatives: negatives)
      #expect(close(ranking.precision(atTop: ranking.total) ?? 0, ranking.prevalence ?? 1))
      #expect(close(ranking.recall(atTop: ranking.total) ?? 0, 1))
    }
  }

  @Test("constant scores: area one half, average precision the prevalence")
  func constant() {
    let ranking = ScoreRanking(positives: [0.5, 0.5], negatives: [0.5, 0.5, 0.5])
    #expect(ranking.rocAUC == 0.5)
    #expect(ranking.averagePrecision == ranking.prevalence)
    #expect(ranking.thresholds == [0.5])
  }
}
