import Evaluation
import TestSupport
import Testing
import Uncertainty

@Suite("Intervals of an AUROC")
struct IntervalAreaTests {
  @Test("DeLong's on the logit scale equals the formula in Python")
  func golden() throws {
    for (index, row) in try ComparingGolden.load().delong.enumerated() {
      let expected = row.map { $0 ?? .nan }
      let scores = TwoModels(index + 1).first
      let interval = try #require(
        Interval.deLong(positives: scores.positives, negatives: scores.negatives))
      #expect(close(interval.low, expected[2], relative: 1e-9, absolute: 1e-9), "\(index + 1)")
      #expect(close(interval.high, expected[3], relative: 1e-9, absolute: 1e-9), "\(index + 1)")
    }
  }

  @Test("with Welch's degrees of freedom it equals Python's, with scipy's ttest_ind and t")
  func welch() throws {
    let golden = try IntervalsGolden.load().welch
    #expect(golden.count { $0 != nil } > 30)
    for (index, row) in golden.enumerated() {
      let scores = TwoModels(index + 1).first
      let parts = try #require(DeLong(positives: scores.positives, negatives: scores.negatives))
      guard let row, let freedom = parts.freedom else {
        #expect(row == nil || parts.freedom != nil)
        continue
      }
      #expect(close(freedom, row[0], relative: 1e-9), "\(index + 1)")
      let interval = try #require(Interval.deLong(parts, freedom: freedom))
      #expect(close(interval.low, row[1], relative: 1e-8), "\(index + 1)")
      #expect(close(interval.high, row[2], relative: 1e-8), "\(index + 1)")
    }
  }

  @Test("the logit interval of an average precision equals Python's; at 0 and 1 it is Wilson's")
  func precision() throws {
    for row in try IntervalsGolden.load().precision {
      let found = try #require(Interval.averagePrecision(row[0], positives: Int(row[1])))
      #expect(close(found.low, row[2], relative: 1e-9) && close(found.high, row[3], relative: 1e-9))
    }
    #expect(Interval.averagePrecision(1, positives: 8) == Interval.wilson(8, of: 8))
    #expect(Interval.averagePrecision(0, positives: 8) == Interval.wilson(0, of: 8))
    #expect(Interval.averagePrecision(0.5, positives: 0) == nil)
  }

  @Test("the score interval solves its equation, as a root finder does in Python")
  func score() throws {
    for row in try ComparingGolden.load().area {
      let interval = try #require(
        Interval.area(row[0], positives: Int(row[1]), negatives: Int(row[2])))
      #expect(close(interval.low, row[3], absolute: 1e-10), "\(row)")
      #expect(close(interval.high, row[4], absolute: 1e-10), "\(row)")
    }
  }

  @Test(
    "perfect separation is not certainty: the interval has a length, shorter with more examples")
  func perfect() throws {
    let lows = try [2, 8, 80].map { count in
      try #require(
        Interval.deLong(
          positives: (0..<count).map { 2 + Double($0) },
          negatives: (0..<count).map { -Double($0) }))
    }
    #expect(lows.allSatisfy { $0.high == 1 && $0.low < 1 })
    #expect(lows[0].low < lows[1].low && lows[1].low < lows[2].low)
  }

  @Test("one positive, none, and the mirror image")
  func limits() throws {
    #expect(Interval.deLong(positives: [], negatives: [1]) == nil)
    #expect(Interval.area(0.5, positives: 3, negatives: 0) == nil)
    let one = try #require(Interval.deLong(positives: [0.5], negatives: [0.1, 0.6, 0.2]))
    #expect(one.low < 0.3 && one.high > 0.9)
    let (up, down) = ([0.3, 0.5, 0.9], [0.1, 0.4, 0.6, 0.2])
    let interval = try #require(Interval.deLong(positives: up, negatives: down))
    let mirror = try #require(
      Interval.deLong(positives: up.map { -$0 }, negatives: down.map { -$0 }))
    #expect(close(interval.low, 1 - mirror.high) && close(interval.high, 1 - mirror.low))
  }

  @Test("impossible levels and areas trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      _ = Interval.deLong(positives: [1], negatives: [0], level: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Interval.area(1.5, positives: 1, negatives: 1)
    }
  }
}
