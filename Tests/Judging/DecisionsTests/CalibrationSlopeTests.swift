import Decisions
import Evaluation
import TestSupport
import Testing
import Uncertainty

/// Slope and intercept of stated probabilities.
@Suite struct CalibrationSlopeTests {
  private struct Case: Decodable {
    let probabilities: [Double]
    let answers: [Bool]
    let slope: Double, intercept: Double
    let groups: [String]
    let wald: [Double], profile: [Double], grouped: [Double]
  }

  @Test func areThoseOfStatsmodels() throws {
    let cases: [Case] = try Golden.load("Decisions/slopes.json")
    for one in cases {
      let found = CalibrationSlope(one.probabilities, one.answers)
      #expect(close(try #require(found.slope), one.slope, relative: 1e-7))
      #expect(close(try #require(found.intercept), one.intercept, relative: 1e-7))
    }
  }

  /// Wald's from 100 answers of both kinds on, else of the profile likelihood; of groups the jackknife's.
  @Test func intervalsAreThoseOfStatsmodels() throws {
    let cases: [Case] = try Golden.load("Decisions/slopes.json")
    for one in cases {
      let trues = one.answers.count { $0 }
      let isWald = min(trues, one.answers.count - trues) >= 100
      let plain = CalibrationSlope(one.probabilities, one.answers, level: 0.9)
      try agree([plain.slopeInterval, plain.interceptInterval], isWald ? one.wald : one.profile)
      let grouped = CalibrationSlope(
        one.probabilities, one.answers, groups: one.groups, level: 0.9)
      #expect(grouped.slope == plain.slope && grouped.intercept == plain.intercept)
      #expect(plain.method == (isWald ? .wald : .profile) && grouped.method == .jackknife)
      try agree([grouped.slopeInterval, grouped.interceptInterval], one.grouped)
    }
  }

  private func agree(_ found: [Interval?], _ ends: [Double]) throws {
    for (place, interval) in found.enumerated() {
      let interval = try #require(interval)
      #expect(close(interval.low, ends[2 * place], absolute: 2e-7))
      #expect(close(interval.high, ends[2 * place + 1], absolute: 2e-7))
    }
  }

  /// Nine groups have no interval, groups of one answer are none, and no level makes none. A mean of one class has its
  /// interval but for the method.
  @Test func whereIntervalsAre() throws {
    let cases: [Case] = try Golden.load("Decisions/slopes.json")
    let one = cases[1]
    let few = one.answers.indices.map { "\($0 % 9)" }
    let nine = CalibrationSlope(one.probabilities, one.answers, groups: few, level: 0.9)
    #expect(nine.slopeInterval == nil && nine.interceptInterval == nil && nine.slope != nil)
    #expect(nine.method == nil)
    let alone = CalibrationSlope(
      one.probabilities, one.answers, groups: one.answers.indices.map { "\($0)" }, level: 0.9)
    #expect(alone == CalibrationSlope(one.probabilities, one.answers, level: 0.9))
    #expect(CalibrationSlope(one.probabilities, one.answers).slopeInterval == nil)
    let truths = one.answers.map { $0 ? 1 : 0 }
    let columns = [one.probabilities.map { 1 - $0 }, one.probabilities]
    let means = CalibrationSlopes(
      truths: truths, columns: columns, groups: one.groups, level: 0.9, threads: 2)
    // Of two classes both slopes are one, and so are their influences.
    try agree([means.meanSlopeInterval], one.grouped)
    let rows = CalibrationSlopes(truths: truths, columns: columns, level: 0.9)
    let (mean, own) = (
      try #require(rows.meanSlopeInterval), try #require(rows.classes[1].slopeInterval)
    )
    #expect(close(mean.high - mean.low, own.high - own.low, relative: 0.15))
  }

  /// Logits made twice as large have half the slope, and a class promised too often a negative intercept.
  @Test func directions() throws {
    let cases: [Case] = try Golden.load("Decisions/slopes.json")
    let one = try #require(cases.last)
    let extreme = one.probabilities.map { p in p * p / (p * p + (1 - p) * (1 - p)) }
    let (plain, turned) = (
      CalibrationSlope(one.probabilities, one.answers), CalibrationSlope(extreme, one.answers)
    )
    #expect(
      close(try #require(turned.slope), try #require(plain.slope) / 2, relative: 1e-7))
    let often = CalibrationSlope(
      one.probabilities.map { p in 3 * p / (3 * p + 1 - p) }, one.answers)
    #expect(try #require(often.intercept) < #require(plain.intercept))
  }

  @Test func undefinedWhereNothingFits() {
    #expect(CalibrationSlope([0.1, 0.9], [true, true]) == CalibrationSlope([], []))
    let (low, high) = ([Double](repeating: 0.2, count: 12), [Double](repeating: 0.8, count: 12))
    let (no, yes) = ([Bool](repeating: false, count: 12), [Bool](repeating: true, count: 12))
    #expect(CalibrationSlope(low + high, no + yes).slope == nil)
    #expect(CalibrationSlope(high + low, no + yes).slope == nil)
    // Separated but for what lies at the threshold itself.
    #expect(CalibrationSlope(low + high + [0.5, 0.5], no + yes + [true, false]).slope == nil)
    // One answer on the wrong side, and a slope there is: the odds of the two places are 1 in 12 and certain.
    #expect(CalibrationSlope(low + high + [0.2, 0.8], no + yes + [true, false]).slope != nil)
    let constant = CalibrationSlope([0.25, 0.25, 0.25, 0.25], [true, false, false, false])
    #expect(constant.slope == nil && abs(constant.intercept ?? 1) < 1e-9)
  }

  /// Nine of either kind are too few for a slope, ten are enough; with odds of 1 : 9 at 0.2 and 9 : 1 at 0.8 it is
  /// log 81 / log 16.
  @Test func fewHaveNoSlope() throws {
    let low = [Double](repeating: 0.2, count: 10)
    let high = [Double](repeating: 0.8, count: 10)
    let answers = (0..<10).map { $0 == 0 } + (0..<10).map { $0 != 0 }
    let ten = CalibrationSlope(low + high, answers)
    #expect(close(try #require(ten.slope), 1.5849625007211562, relative: 1e-9))
    let nine = CalibrationSlope(Array((low + high).dropLast()), Array(answers.dropLast()))
    #expect(nine.slope == nil && nine.intercept != nil)
  }

  /// Of two classes both slopes are one, and the intercepts cancel; classes without examples are left out.
  @Test func meansOverClasses() {
    let rows = Array(repeating: [0.2, 0.3, 0.6, 0.9, 0.4, 0.7], count: 4).flatMap(\.self)
    let truths = Array(repeating: [0, 1, 1, 1, 0, 0], count: 4).flatMap(\.self)
    let two = CalibrationSlopes(
      LabelledProbabilities(
        classes: ["a", "b"], truths: truths, probabilities: rows.flatMap { [1 - $0, $0] }))
    #expect(close(two.meanSlope ?? 0, two.classes[0].slope ?? 1, relative: 1e-9))
    #expect(abs(two.meanIntercept ?? 1) < 1e-9)
    #expect((two.meanAbsoluteIntercept ?? 0) > 0)
    let three = CalibrationSlopes(
      LabelledProbabilities(
        classes: ["a", "b", "c"], truths: truths,
        probabilities: rows.flatMap { [0.9 * (1 - $0), 0.9 * $0, 0.1] }))
    #expect(three.classes[2].slope == nil && three.classes[2].intercept == nil)
    #expect(three.meanSlope != nil)
  }
}
