import Evaluation
import TestSupport
import Testing
import Uncertainty

/// Statistics of several methods against SciPy and statsmodels.
@Suite struct GridGoldenTests {
  private struct Grids: Decodable {
    struct Ranks: Decodable {
      let values: [[Double]]
      let ranks: [Double]
      let statistic: Double, p: Double
    }
    struct Summary: Decodable {
      let mean: Double, error: Double, freedom: Double, low: Double, high: Double, p: Double
    }
    struct Pair: Decodable {
      let differences: [Double]
      let level: Double, ratio: Double
      let units: Int
      let resampled: [[Double]]
      let plain: Summary, corrected: Summary, shared: Summary, single: Summary
    }
    let student: [[Double]], chisquare: [[Double]]
    let ranks: [Ranks]
    let holm: [[[Double]]]
    let pairs: [Pair]
  }

  private let golden: Grids
  init() throws { golden = try Golden.load("Uncertainty/grids.json") }

  @Test func tailsAreScipys() {
    for row in golden.student {
      let found = studentTail(row[0], freedom: row[1])
      #expect(close(found, row[2], relative: 1e-9), "\(row): \(found)")
    }
    for row in golden.chisquare {
      let found = chiSquareTail(row[0], freedom: Int(row[1]))
      #expect(close(found, row[2], relative: 1e-9), "\(row): \(found)")
    }
  }

  @Test func ranksAndFriedmansTestAreScipys() throws {
    for one in golden.ranks {
      let found = MeanRanks(one.values, methods: one.ranks.count)
      #expect(difference(found.ranks.compactMap(\.self), one.ranks, relative: 1e-12) == nil)
      #expect(close(try #require(found.statistic), one.statistic, relative: 1e-9))
      #expect(close(try #require(found.pValue), one.p, relative: 1e-9))
      let turned = MeanRanks(
        one.values.map { $0.map { -$0 } }, methods: one.ranks.count, higherIsBetter: false)
      #expect(turned == found)
      // A method that never has a value changes nothing for the others.
      let wider = MeanRanks(one.values.map { $0 + [nil] }, methods: one.ranks.count + 1)
      #expect(wider.ranks == found.ranks + [nil] && wider.blocks == found.blocks)
      #expect(wider.statistic == found.statistic && wider.pValue == found.pValue)
    }
  }

  @Test func holmIsStatsmodels() {
    for pair in golden.holm {
      let found = holmAdjusted(pair[0]).compactMap(\.self)
      #expect(difference(found, pair[1], relative: 1e-12) == nil)
    }
  }

  /// Without shared data the paired t test; with it Nadeau and Bengio's; with shared test rows both parts.
  @Test func differencesAreThoseOfScipy() throws {
    for one in golden.pairs {
      let rows = RepeatedDifference.Rows(one.resampled, units: one.units)
      let first = RepeatedDifference.Rows([one.resampled[0]], units: one.units)
      let found: [(RepeatedDifference, Grids.Summary)] = [
        (.init(one.differences, .own(ratio: 0), rows: nil, level: one.level), one.plain),
        (
          .init(one.differences, .own(ratio: one.ratio), rows: nil, level: one.level), one.corrected
        ),
        (.init(one.differences, .shared, rows: rows, level: one.level), one.shared),
        (.init([one.differences[0]], .single, rows: first, level: one.level), one.single),
      ]
      for (own, wanted) in found {
        let interval = try #require(own.interval)
        let numbers = [
          own.mean, own.standardError, own.freedom, interval.low, interval.high, own.pValue,
        ].compactMap(\.self)
        #expect(
          difference(
            numbers,
            [wanted.mean, wanted.error, wanted.freedom, wanted.low, wanted.high, wanted.p],
            relative: 1e-8) == nil)
      }
    }
  }

  /// What cannot be known is not said: one training, few rows, none; and two models that never differ.
  @Test func whatCannotBeEstimatedIsNil() {
    let few = RepeatedDifference.Rows(variance: 1, covariance: 1, units: 9)
    let many = RepeatedDifference.Rows(variance: 1, covariance: 1, units: 10)
    #expect(RepeatedDifference([0.1, 0.2], .shared, rows: few).interval == nil)
    #expect(RepeatedDifference([0.1, 0.2], .shared, rows: nil).pValue == nil)
    #expect(RepeatedDifference([0.1], .single, rows: few).interval == nil)
    #expect(RepeatedDifference([0.1], .single, rows: many).interval != nil)
    // One of three trainings is left: its rows alone do not speak for the method.
    let left = RepeatedDifference([0.1, nil, nil], .shared, rows: many)
    #expect(left.mean == 0.1 && left.interval == nil && left.pValue == nil)
    #expect(RepeatedDifference([0.1, nil], .own(ratio: 0.2), rows: many).interval == nil)
    #expect(RepeatedDifference([0, nil], .shared, rows: many).pValue == nil)
    #expect(RepeatedDifference([nil, nil], .shared, rows: many).mean == nil)
    #expect(RepeatedDifference([nil, 0.2, 0.3], .own(ratio: 0.2), rows: nil).freedom == 1)
    let none = RepeatedDifference.Rows(variance: 0, covariance: 0, units: 50)
    #expect(RepeatedDifference([0, 0], .shared, rows: none).pValue == 1)
    #expect(RepeatedDifference([0.1, 0.1], .shared, rows: none).pValue == nil)
    #expect(MeanRanks([[1, nil, 2], [nil, 1, 2]], methods: 3).ranks == [nil, nil, nil])
    #expect(MeanRanks([[1, 1, 1], [2, 2, 2]], methods: 3).pValue == nil)
    #expect(MeanRanks([[1, 1, 0]], methods: 3).ranks == [1.5, 1.5, 3])
  }
}
