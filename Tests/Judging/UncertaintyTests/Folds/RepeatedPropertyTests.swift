import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// What order, sign and scale do to summaries over folds and trainings.
@Suite struct RepeatedPropertyTests {
  private func values(_ seed: UInt64, _ count: Int) -> [Double] {
    var random = RandomKey(seed: seed).folding("values").source
    return (0..<count).map { _ in random.normal() }
  }

  @Test(arguments: 2...8) func foldsHaveNoOrder(count: Int) throws {
    let own = values(UInt64(count), count)
    let plain = try #require(FoldSummary(own).interval)
    let turned = try #require(FoldSummary(own.reversed()).interval)
    #expect(close(plain.low, turned.low, absolute: 1e-9))
    #expect(close(plain.high, turned.high, absolute: 1e-9))
    // Moved and stretched, the interval is.
    let moved = FoldSummary(own.map { 3 - 2 * $0 })
    let ends = try #require(moved.interval)
    #expect(close(ends.low, 3 - 2 * plain.high, absolute: 1e-9))
    #expect(close(ends.high, 3 - 2 * plain.low, absolute: 1e-9))
    #expect(
      close(
        try #require(moved.deviation), 2 * (try #require(FoldSummary(own).deviation)),
        relative: 1e-9)
    )
    // A wider claim is a wider interval, about the same middle.
    let sure = try #require(FoldSummary(own, level: 0.99).interval)
    #expect(sure.low < plain.low && sure.high > plain.high && sure.level == 0.99)
    #expect(close(sure.low + sure.high, plain.low + plain.high, absolute: 1e-9))
  }

  /// Of four folds the test part is a third of the training part, of three a half, whatever is undefined.
  @Test func aFoldWithoutAValueIsStillAFold() throws {
    let (three, four) = (FoldSummary([1, 2, 4]), FoldSummary([1, nil, 2, 4]))
    #expect(three.mean == four.mean && three.deviation == four.deviation)
    let (one, other) = (try #require(three.interval), try #require(four.interval))
    let ratio = ((1 / 3.0 + 1 / 3.0) / (1 / 3.0 + 1 / 2.0)).squareRoot()
    #expect(close((other.high - other.low) / (one.high - one.low), ratio, relative: 1e-9))
  }

  @Test func valuesOfTrainings() {
    let some = RepeatedValue([1, nil, 4])
    #expect(some.mean == 2.5 && some.values == [1, nil, 4])
    #expect(close(some.deviation ?? 0, 4.5.squareRoot(), relative: 1e-12))
    #expect(RepeatedValue([nil, 3]).mean == 3 && RepeatedValue([nil, 3]).deviation == nil)
    #expect(RepeatedValue([nil]).mean == nil && RepeatedValue([]).deviation == nil)
  }

  @Test(arguments: 1...8) func differencesTurnedRoundAreMirrored(seed: UInt64) throws {
    let differences = values(seed, 4)
    let resampled = (0..<4).map { values(100 * seed + UInt64($0), 40) }
    let rows = RepeatedDifference.Rows(resampled, units: 50)
    for design in [TestDesign.shared, .own(ratio: 0.25)] {
      let plain = RepeatedDifference(differences, design, rows: rows)
      let turned = RepeatedDifference(differences.map { -$0 }, design, rows: rows)
      let (one, other) = (try #require(plain.interval), try #require(turned.interval))
      #expect(close(one.low, -other.high, absolute: 1e-12))
      #expect(close(one.high, -other.low, absolute: 1e-12))
      #expect(
        close(try #require(plain.pValue), try #require(turned.pValue), relative: 1e-12))
      // The p-value is below .05 just where the interval of .95 leaves 0 out.
      let p = try #require(plain.pValue)
      #expect((p < 0.05) == (one.low > 0 || one.high < 0))
      // No fewer degrees of freedom than the part with the fewest, no more than all together.
      let freedom = try #require(plain.freedom)
      #expect(freedom >= 3 - 1e-9 && freedom <= 3 + 49 + 1e-9)
    }
  }

  @Test func modelsThatNeverDifferAreToldSo() {
    let rows = RepeatedDifference.Rows(variance: 0, covariance: 0, units: 50)
    for design in [TestDesign.shared, .own(ratio: 0.25)] {
      let same = RepeatedDifference([0, 0, 0], design, rows: rows)
      #expect(same.pValue == 1 && same.interval == nil && same.mean == 0)
      // Always the same other difference: no spread, and no claim.
      let apart = RepeatedDifference([0.5, 0.5, 0.5], design, rows: rows)
      #expect(apart.pValue == nil && apart.interval == nil && apart.mean == 0.5)
    }
    let nothing = RepeatedDifference([nil, nil], .shared, rows: rows)
    #expect(nothing.mean == nil && nothing.pValue == nil)
  }

  /// Moments of resamples: undefined ones are left out in all trainings alike.
  @Test func resamplesThatAreUndefinedAreLeftOut() throws {
    let whole = try #require(RepeatedDifference.Rows([[1, 2, 4], [0, 1, 5]], units: 20))
    let torn = try #require(
      RepeatedDifference.Rows([[1, .nan, 2, 4, 9], [0, 7, 1, 5, .nan]], units: 20))
    #expect(torn == whole)
    // Variances 7/3 and 7, covariance 4: of (1, 2, 4) and (0, 1, 5).
    #expect(close(whole.variance, (7.0 / 3 + 7) / 2, relative: 1e-12))
    #expect(close(whole.covariance, 4, relative: 1e-12))
    #expect(RepeatedDifference.Rows([[1, .nan], [.nan, 2]], units: 20) == nil)
    #expect(RepeatedDifference.Rows([], units: 20) == nil)
    // What goes against each other is no luck that trainings have in common.
    #expect(try #require(RepeatedDifference.Rows([[1, 2], [2, 1]], units: 20)).covariance == 0)
  }

  @Test func ranksHaveNoOrderOfBlocksOrMethods() throws {
    var random = RandomKey(seed: 8).source
    for _ in 0..<20 {
      let values = (0..<5).map { _ in (0..<4).map { _ -> Double? in Double(random.below(4)) } }
      let plain = MeanRanks(values, methods: 4)
      let (blocks, methods) = (random.shuffle(5), random.shuffle(4))
      let turned = MeanRanks(
        blocks.map { block in methods.map { values[block][$0] } }, methods: 4)
      for (place, method) in methods.enumerated() {
        #expect(
          close(
            try #require(turned.ranks[place]), try #require(plain.ranks[method]), relative: 1e-12))
      }
      #expect(
        close(turned.statistic ?? -1, plain.statistic ?? -1, relative: 1e-9, absolute: 1e-9))
      // Ranks of k methods are (k + 1)/2 in the mean.
      let sum = plain.ranks.compactMap(\.self).reduce(0, +)
      #expect(close(sum, 10, relative: 1e-12))
    }
    let alike = MeanRanks([[1, 1, 1], [2, 2, 2]], methods: 3)
    #expect(alike.ranks == [2, 2, 2] && alike.statistic == nil && alike.pValue == nil)
    let two = MeanRanks([[1, 2], [3, 4], [5, 6]], methods: 2)
    #expect(two.ranks == [2, 1] && two.statistic == nil && two.blocks == 3)
    // A block that lacks a value of a method that has others is left out.
    #expect(MeanRanks([[1, nil, 2], [3, 2, 1]], methods: 3).blocks == 1)
  }

  /// The drop that a paired test would show: so many of n lost, each with the chance of the drop, reach with the stated power
  /// the least number that McNemar's exact one-sided test takes.
  @Test func aDetectableDropIsSeenWithItsPower() throws {
    for trials in 5...40 {
      let drop = DetectableDrop(correct: trials, of: trials)
      let paired = try #require(drop.paired, "\(trials)")
      // ½⁵ is the first power of a half that is at most .05.
      let reached = 1 - Binomial(trials: trials, probability: paired).atMost(4)
      #expect(close(reached, 0.8, absolute: 1e-6), "\(trials): \(reached)")
    }
    for trials in 1...4 { #expect(DetectableDrop(correct: trials, of: trials).paired == nil) }
  }
}
