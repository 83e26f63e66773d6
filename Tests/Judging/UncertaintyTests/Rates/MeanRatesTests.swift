import Evaluation
import TestSupport
import Testing
import Uncertainty

@Suite("Means of rates, and their paired differences")
struct MeanRatesTests {
  private struct Case: Decodable {
    let level: Double
    let rates: [[Int]], classes: [[Int]]
    let mean: [Double], adjusted: [Double], geometric: [Double], difference: [Double]
  }

  private func agree(_ found: Interval?, _ ends: [Double]) throws {
    let found = try #require(found)
    #expect(close(found.low, ends[0], absolute: 1e-12))
    #expect(close(found.high, ends[1], absolute: 1e-12))
  }

  @Test("by Wilson's intervals of statsmodels, and Bonett's and Price's variance")
  func golden() throws {
    let cases: [Case] = try Golden.load("Uncertainty/means.json")
    for one in cases {
      let rates = one.rates.map { (successes: $0[0], trials: $0[1]) }
      try agree(Interval.meanRate(rates, level: one.level), one.mean)
      try agree(Interval.meanRateAdjusted(rates, level: one.level), one.adjusted)
      try agree(Interval.geometricMeanRate(rates, level: one.level), one.geometric)
      let classes = one.classes.map { (examples: $0[0], onlyFirst: $0[1], onlySecond: $0[2]) }
      try agree(Interval.meanRateDifference(classes, level: one.level), one.difference)
    }
  }

  @Test("of one rate it is Wilson's own; without rates, or of logarithms with a 0, there is none")
  func limits() throws {
    let wilson = try #require(Interval.wilson(3, of: 9))
    try agree(Interval.meanRate([(3, 9)]), [wilson.low, wilson.high])
    try agree(Interval.geometricMeanRate([(3, 9)]), [wilson.low, wilson.high])
    #expect(Interval.meanRate([]) == nil && Interval.geometricMeanRate([]) == nil)
    #expect(Interval.meanRateAdjusted([]) == nil)
    #expect(Interval.geometricMeanRate([(0, 4), (3, 4)]) == nil)
    #expect(Interval.meanRateDifference([]) == nil)
  }

  @Test("three examples on which two models agree leave the difference open")
  func agreement() throws {
    let found = try #require(Interval.meanRateDifference([(3, 0, 0)]))
    // A discordance on either side of five: √(2/5 / 5).
    let half = 1.959963984540054 * 0.08.squareRoot()
    try agree(found, [-half, half])
  }

  @Test("models exchanged, the interval is mirrored")
  func mirrored() throws {
    let one = try #require(Interval.meanRateDifference([(30, 4, 7), (5, 0, 2)]))
    try agree(Interval.meanRateDifference([(30, 7, 4), (5, 2, 0)]), [-one.high, -one.low])
  }
}
