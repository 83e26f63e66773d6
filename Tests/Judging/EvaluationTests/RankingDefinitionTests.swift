import Evaluation
import Randomness
import TestSupport
import Testing

/// Statistics of order against their definitions, pair by pair and threshold by threshold, with many equal scores.
@Suite("Statistics of order by definition")
struct RankingDefinitionTests {
  private func scores(_ seed: UInt64) -> (positives: [Double], negatives: [Double]) {
    var random = RandomKey(seed: seed).folding("scores").source
    let levels = 2 + random.below(8)
    return (
      (0..<1 + random.below(9)).map { _ in Double(random.below(levels)) / 8 },
      (0..<1 + random.below(14)).map { _ in Double(random.below(levels)) / 8 }
    )
  }

  @Test("areas are parts of pairs, ties one half", arguments: 1...60)
  func areas(seed: UInt64) throws {
    let (up, down) = scores(seed)
    let won = up.reduce(0.0) { sum, p in
      sum + down.reduce(0.0) { $0 + (p > $1 ? 1 : p == $1 ? 0.5 : 0) }
    }
    let expected = won / Double(up.count * down.count)
    #expect(close(try #require(areaUnderROC(positives: up, negatives: down)), expected))
    let ranking = ScoreRanking(positives: up, negatives: down)
    #expect(close(try #require(ranking.rocAUC), expected))
    // Positives and negatives exchanged, the area is what is left of 1; scores turned round, too.
    #expect(
      close(
        try #require(areaUnderROC(positives: down, negatives: up)), 1 - expected, absolute: 1e-12))
    #expect(
      close(
        try #require(areaUnderROC(positives: up.map { -$0 }, negatives: down.map { -$0 })),
        1 - expected, absolute: 1e-12))
    // Any rising function of the scores leaves order, and so area and precision, as they are.
    let raised = ScoreRanking(
      positives: up.map { $0 * $0 * $0 + 5 }, negatives: down.map { $0 * $0 * $0 + 5 })
    #expect(raised.rocAUC == ranking.rocAUC)
    #expect(raised.averagePrecision == ranking.averagePrecision)
  }

  @Test(
    "average precision is precision at each positive's own score, in the mean", arguments: 1...60)
  func averagePrecision(seed: UInt64) throws {
    let (up, down) = scores(seed)
    let expected =
      up.reduce(0.0) { sum, score in
        let hits = up.count { $0 >= score }
        return sum + Double(hits) / Double(hits + down.count { $0 >= score })
      } / Double(up.count)
    let ranking = ScoreRanking(positives: up, negatives: down)
    #expect(close(try #require(ranking.averagePrecision), expected))
    // No model is below the share of positives ranked last, none above 1.
    #expect(expected > 0 && expected <= 1)
  }

  @Test("net benefit counts who would be acted on", arguments: 1...40)
  func netBenefit(seed: UInt64) throws {
    let (up, down) = scores(seed)
    let ranking = ScoreRanking(positives: up, negatives: down)
    let n = Double(up.count + down.count)
    for threshold in [0.01, 0.125, 0.3, 0.5, 0.75, 0.99] {
      let odds = threshold / (1 - threshold)
      let (hits, alarms) = (up.count { $0 >= threshold }, down.count { $0 >= threshold })
      let found = try #require(ranking.netBenefit(at: threshold))
      let model = Double(hits) / n - Double(alarms) / n * odds
      let all = Double(up.count) / n - Double(down.count) / n * odds
      #expect(close(found.model, model, relative: 1e-9, absolute: 1e-12))
      #expect(close(found.all, all, relative: 1e-9, absolute: 1e-12))
      // True negatives more than acting on everybody has, less the cases missed in their worth.
      let avoided = (Double(down.count - alarms) - Double(up.count - hits) / odds) / n
      #expect(close(found.interventionsAvoided, avoided, relative: 1e-9, absolute: 1e-9))
    }
    #expect(ScoreRanking(positives: [], negatives: []).netBenefit(at: 0.5) == nil)
    #expect(ScoreRanking(positives: [], negatives: []).decisionCurve([0.1, 0.5]).isEmpty)
  }

  @Test("the first k of a list with equal scores are the mean over every order", arguments: 1...30)
  func top(seed: UInt64) throws {
    var random = RandomKey(seed: seed).folding("top").source
    let scores = (0..<5).map { _ in random.below(3) }
    let isPositive = (0..<5).map { _ in random.below(2) == 0 }
    let ranking = ScoreRanking(
      positives: scores.indices.filter { isPositive[$0] }.map { Double(scores[$0]) },
      negatives: scores.indices.filter { !isPositive[$0] }.map { Double(scores[$0]) })
    var (sums, orders) = ([Double](repeating: 0, count: 6), 0.0)
    func permute(_ head: [Int], _ rest: [Int]) {
      guard rest.isEmpty else {
        for place in rest.indices {
          var others = rest
          permute(head + [others.remove(at: place)], others)
        }
        return
      }
      // An order counts where no lower score stands before a higher one.
      guard zip(head, head.dropFirst()).allSatisfy({ scores[$0] >= scores[$1] }) else { return }
      orders += 1
      for k in 1...5 { sums[k] += Double(head.prefix(k).count { isPositive[$0] }) }
    }
    permute([], Array(0..<5))
    for k in 1...5 {
      #expect(
        close(
          try #require(ranking.precision(atTop: k)), sums[k] / orders / Double(k), absolute: 1e-12)
      )
      if ranking.positives > 0 {
        #expect(
          close(
            try #require(ranking.recall(atTop: k)), sums[k] / orders / Double(ranking.positives),
            absolute: 1e-12))
      }
    }
    #expect(ranking.precision(atTop: 6) == nil && ranking.recall(atTop: 6) == nil)
  }

  @Test("tau-b counts pairs of examples", arguments: 1...30)
  func kendall(seed: UInt64) {
    var random = RandomKey(seed: seed).folding("grades").source
    let count = 2 + random.below(12)
    let rows = (0..<count).map { _ in (truth: random.below(4), decided: random.below(4)) }
    var confusion = ConfusionMatrix(classes: 4)
    for row in rows { confusion.add(truth: row.truth, predicted: row.decided) }
    var (same, opposite, inTruth, inDecision) = (0, 0, 0, 0)
    for a in 0..<count {
      for b in 0..<a {
        let (x, y) = (rows[a].truth - rows[b].truth, rows[a].decided - rows[b].decided)
        if x != 0 { inTruth += 1 }
        if y != 0 { inDecision += 1 }
        if x * y > 0 { same += 1 }
        if x * y < 0 { opposite += 1 }
      }
    }
    guard inTruth > 0, inDecision > 0 else {
      #expect(confusion.kendallTau == nil)
      return
    }
    let expected =
      Double(same - opposite) / (Double(inTruth).squareRoot() * Double(inDecision).squareRoot())
    #expect(close(confusion.kendallTau ?? -9, expected, relative: 1e-12, absolute: 1e-15))
  }

  @Test("Matthews' correlation is the correlation of indicators of all classes", arguments: 1...30)
  func matthews(seed: UInt64) throws {
    var random = RandomKey(seed: seed).folding("mcc").source
    let rows = (0..<12).map { _ in (truth: random.below(3), decided: random.below(3)) }
    var confusion = ConfusionMatrix(classes: 3)
    for row in rows { confusion.add(truth: row.truth, predicted: row.decided) }
    func covariance(_ a: [Int], _ b: [Int]) -> Double {
      (0..<3).reduce(0.0) { sum, k in
        let (x, y) = (a.map { $0 == k ? 1.0 : 0 }, b.map { $0 == k ? 1.0 : 0 })
        let (mx, my) = (x.reduce(0, +) / 12, y.reduce(0, +) / 12)
        return sum + zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
      }
    }
    let (truth, decided) = (rows.map(\.truth), rows.map(\.decided))
    let spread = covariance(truth, truth) * covariance(decided, decided)
    let found = try #require(confusion.matthewsCorrelation)
    let expected = spread > 1e-9 ? covariance(truth, decided) / spread.squareRoot() : 0
    #expect(close(found, expected, relative: 1e-9, absolute: 1e-12))
  }
}
