import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// One case of `bootstrap.py`, made again step for step.
private struct Case {
  var strata: [[Double]] = []
  var resamples: [Double] = []

  init(_ number: Int) {
    var random = CongruentialGenerator(state: UInt64(number))
    for _ in 0..<1 + number % 2 {
      let count = 4 + random.below(20)
      strata.append(
        (0..<count).map { _ in
          let root = Double(random.below(1000)) / 100
          return root * root
        })
    }
    for _ in 0..<199 {
      let drawn = strata.map { stratum in stratum.map { _ in stratum[random.below(stratum.count)] }
      }
      resamples.append(Self.statistic(drawn))
    }
  }

  static func statistic(_ strata: [[Double]]) -> Double {
    let means = strata.map { $0.reduce(0, +) / Double($0.count) }
    return means.count == 1 ? means[0] * means[0] : means[0] / (1 + means[1])
  }

  /// Acceleration by leaving out each example in turn.
  var acceleration: Double {
    let truths = strata.enumerated().flatMap { index, stratum in stratum.map { _ in index } }
    let jackknife = Jackknife(
      ResamplingPlan(truths: truths, groups: nil, counts: .fixed), key: RandomKey(seed: 1))
    let values = strata.flatMap { $0 }
    let without = jackknife.omitted.flatMap { $0 }.map { part in
      Self.statistic(
        strata.indices.map { index in
          truths.indices.filter { truths[$0] == index && !part.contains($0) }.map { values[$0] }
        })
    }
    return jackknife.acceleration(without)
  }
}

@Suite("Intervals from resamples")
struct BootstrapIntervalTests {
  @Test(
    "equal scipy.stats.bootstrap's on the same resamples: percentile, BCa and basic, one and two strata"
  )
  func golden() throws {
    let golden: [[Double]] = try Golden.load("Uncertainty/bootstrap.json")
    #expect(golden.count == 40)
    for (index, row) in golden.enumerated() {
      let made = Case(index + 1)
      var found: [Double] = []
      for method in BootstrapMethod.allCases {
        for level in [0.9, 0.95] {
          let interval = try #require(
            bootstrapInterval(
              estimate: Case.statistic(made.strata), resampled: made.resamples,
              acceleration: made.acceleration, method: method, level: level))
          #expect(interval.method.rawValue == method.rawValue)
          found += [interval.low, interval.high]
        }
      }
      #expect(difference(found, row, relative: 1e-9) == nil, "case \(index + 1)")
    }
  }

  private func interval(
    _ estimate: Double, _ resampled: [Double], _ method: BootstrapMethod = .bca
  ) -> MetricInterval? {
    bootstrapInterval(
      estimate: estimate, resampled: resampled, acceleration: 0, method: method, level: 0.9)
  }

  @Test("nothing where all resamples agree, where the estimate or most resamples are undefined")
  func silent() {
    #expect(interval(1, [1, 1, 1]) == nil)
    #expect(interval(.nan, [1, 2, 3]) == nil)
    #expect(interval(1, [1, 2, .nan, .nan, .nan]) == nil)
    #expect(interval(1, []) == nil)
  }

  @Test("undefined resamples are left out and counted")
  func undefined() throws {
    let some = try #require(interval(2, [.nan, 1, 2, 3, .nan]))
    #expect(some.undefined == 2)
    #expect(some.low >= 1 && some.high <= 3)
    #expect(try #require(interval(2, [1, 2, 3])).undefined == nil)
  }

  @Test("an interval contains its estimate: BCa falls back where |z₀| > 1, and an end is moved")
  func outside() throws {
    let resampled = (0...999).map { Double($0) }
    // z₀ of a part p of resamples below the estimate: |z₀| > 1 below .1587 and above .8413.
    for (estimate, method) in [
      (150.0, "percentile"), (170, "bca"), (830, "bca"), (850, "percentile"),
    ] {
      let found = try #require(interval(estimate, resampled))
      #expect(found.method.rawValue == method, "\(estimate)")
      #expect(found.contains(estimate))
    }
    for method in BootstrapMethod.allCases {
      for estimate in [-5.0, 0, 3, 990, 2000] {
        #expect(try #require(interval(estimate, resampled, method)).contains(estimate))
      }
    }
    let outside = try #require(interval(0, [1, 2, 3, 4]))
    #expect(outside == interval(0, [1, 2, 3, 4], .percentile))
    #expect(outside.method == .percentile && outside.low == 0)
  }

  @Test("without bias and skewness BCa is the percentile interval")
  func symmetric() throws {
    let resampled = (-500...500).map { Double($0) }
    let bca = try #require(interval(0, resampled))
    let percentile = try #require(interval(0, resampled, .percentile))
    #expect(close(bca.low, percentile.low, relative: 1e-9))
    #expect(close(bca.high, percentile.high, relative: 1e-9))
    #expect(percentile.low == -450 && percentile.high == 450)
  }

  @Test("skewness to the right moves the interval to the right")
  func direction() throws {
    let resampled = (0...1000).map { Double($0) }
    let plain = try #require(interval(500, resampled))
    let skewed = try #require(
      bootstrapInterval(
        estimate: 500, resampled: resampled, acceleration: 0.05, method: .bca, level: 0.9))
    #expect(skewed.low > plain.low && skewed.high > plain.high)
  }

  @Test("few degrees of freedom lengthen the interval, to Student's quantile times √((ν + 1)/ν)")
  func freedom() throws {
    // Normal quantiles in place of resamples: the interval is ± the expanded z.
    let resampled = (1..<20_000).map { normalQuantile(Double($0) / 20_000) }
    // scipy.stats.t.ppf(.95, ν).
    for (freedom, student) in [(4.0, 2.1318467863), (9, 1.8331129327), (99, 1.6603911560)] {
      let found = try #require(
        bootstrapInterval(
          estimate: 0, resampled: resampled, acceleration: 0, freedom: freedom, method: .percentile,
          level: 0.9))
      let expected = student * ((freedom + 1) / freedom).squareRoot()
      #expect(close(found.high, expected, relative: 2e-3), "\(found)")
      #expect(close(found.low, -expected, relative: 2e-3))
    }
  }

  @Test("quantiles are linear between neighbours, as numpy's")
  func quantiles() {
    #expect(quantile([1, 2, 4], 0.5) == 2)
    #expect(quantile([1, 2, 4], 0.75) == 3)
    #expect(quantile([1, 2, 4], 0) == 1 && quantile([1, 2, 4], 1) == 4)
    #expect(quantile([7], 0.3) == 7)
  }

  @Test(
    "of a single degree of freedom the ends are those of the resamples", arguments: [1, 1.2, 2])
  func oneDegree(freedom: Double) throws {
    #expect(expandedTail(0.025, freedom: freedom) > 0)
    let resampled = (0..<100).map { Double($0) / 100 }
    for method in BootstrapMethod.allCases where method != .basic {
      let found = try #require(
        bootstrapInterval(
          estimate: 0.4, resampled: resampled, acceleration: 0.02, freedom: freedom,
          method: method, level: 0.95))
      #expect(found.low < 0.02 && found.high > 0.97)
    }
  }
}
