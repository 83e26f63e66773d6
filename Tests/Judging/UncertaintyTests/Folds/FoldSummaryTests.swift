import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// Metrics over folds.
@Suite struct FoldSummaryTests {
  private struct Folds: Decodable {
    struct Summary: Decodable {
      let values: [Double]
      let level: Double
      let mean: Double, deviation: Double, low: Double, high: Double
    }
    /// Rows of level, degrees of freedom, quantile.
    let quantiles: [[Double]]
    let summaries: [Summary]
  }

  private let golden: Folds
  init() throws { golden = try Golden.load("Uncertainty/folds.json") }

  @Test func quantilesAreScipys() {
    for row in golden.quantiles {
      let found = studentQuantile(level: row[0], freedom: Int(row[1]))
      #expect(close(found, row[2], relative: 1e-9), "\(row): \(found)")
    }
  }

  @Test func intervalsAreThoseOfNumpy() throws {
    for one in golden.summaries {
      let found = FoldSummary(one.values, level: one.level)
      let interval = try #require(found.interval)
      #expect(
        difference(
          [found.mean ?? .nan, found.deviation ?? .nan, interval.low, interval.high],
          [one.mean, one.deviation, one.low, one.high], relative: 1e-9) == nil)
    }
  }

  /// What is undefined in a fold counts for nothing, and of one value there is no spread.
  @Test func undefinedValues() {
    let some = FoldSummary([0.5, nil, 0.7])
    #expect(some.mean == 0.6 && some.values == [0.5, nil, 0.7] && some.interval != nil)
    let one = FoldSummary([nil, 0.7])
    #expect(one.mean == 0.7 && one.deviation == nil && one.interval == nil)
    #expect(FoldSummary([nil, nil]).mean == nil)
  }

  /// Ten folds whose values share most of what they come from, ρ = 1/10: the plain interval of independent values
  /// holds the mean in far fewer repetitions than the corrected one.
  @Test func correlatedValuesAreCovered() {
    var source = RandomKey(seed: 8).source
    func normal() -> Double { normalQuantile((Double(source.below(1_000_000)) + 0.5) / 1_000_000) }
    var (corrected, plain) = (0, 0)
    for _ in 0..<2000 {
      let shared = normal() * 0.1.squareRoot()
      let found = FoldSummary((0..<10).map { _ in shared + normal() * 0.9.squareRoot() })
      guard let mean = found.mean, let interval = found.interval else { continue }
      if interval.low <= 0 && interval.high >= 0 { corrected += 1 }
      let half = (interval.high - mean) / (1.0 / 10 + 1.0 / 9).squareRoot() * 0.1.squareRoot()
      if abs(mean) <= half { plain += 1 }
    }
    #expect((1860...1940).contains(corrected), "\(corrected)")
    #expect(plain < 1750, "\(plain)")
  }

  @Test func namesOfAllReports() throws {
    func report(_ predicted: [Int]) throws -> MetricsReport {
      let probabilities = predicted.flatMap { $0 == 0 ? [0.9, 0.1] : [0.2, 0.8] }
      return MetricsReport(
        try Predictions(
          classes: ["a", "b"], paths: predicted.indices.map { "\($0)" }, truths: [0, 1, 1],
          probabilities: probabilities), trainingCounts: [1, 2])
    }
    let all = FoldSummary.all([try report([0, 1, 1]), try report([0, 0, 1])])
    #expect(all["accuracy"]?.values == [1, 2.0 / 3])
  }
}
