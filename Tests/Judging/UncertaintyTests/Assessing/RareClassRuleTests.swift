import Evaluation
import Randomness
import Testing
import Uncertainty

@Suite("Areas of rare classes")
struct RareClassRuleTests {
  /// Normal scores, those of positives 1.5 higher and `spread` times as wide.
  private func predictions(_ positives: Int, _ negatives: Int, spread: Double = 1) throws
    -> Predictions
  {
    var random = RandomKey(seed: 4).source
    let truths = (0..<positives + negatives).map { $0 < positives ? 1 : 0 }
    let scores = truths.map { truth in
      truth == 1 ? 0.5 + 0.05 * (1.5 + spread * random.normal()) : 0.5 + 0.05 * random.normal()
    }.map { min(max($0, 0), 1) }
    return try Predictions(
      classes: ["well", "ill"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: scores.flatMap { [1 - $0, $0] })
  }

  private func intervals(_ predictions: Predictions) throws -> ClassIntervals {
    Assessment(predictions, settings: IntervalSettings(resamples: 200)).classIntervals[1]
  }

  @Test("with few positives the longer of two, and its name says which", arguments: [0.3, 1, 3])
  func area(spread: Double) throws {
    for (positives, negatives) in [(12, 300), (99, 300), (300, 20)] {
      let made = try predictions(positives, negatives, spread: spread)
      let scores = (0..<made.count).map { made.probabilities[2 * $0 + 1] }
      let parts = try #require(
        DeLong(
          positives: Array(scores.prefix(positives)), negatives: Array(scores.dropFirst(positives)))
      )
      let freedom = try #require(parts.freedom)
      let ends = [
        try #require(Interval.deLong(parts, freedom: freedom)),
        try #require(Interval.area(parts.area, positives: positives, negatives: negatives)),
      ]
      let found = try #require(try intervals(made)[.rocAUC])
      let isDeLong = found.method == .deLong
      #expect(isDeLong || found.method == .areaScore)
      let (own, other) = (ends[isDeLong ? 0 : 1], ends[isDeLong ? 1 : 0])
      #expect(found.low == own.low && found.high == own.high)
      #expect(own.high - own.low >= other.high - other.low)
      // Positives that spread more are DeLong's case, those that spread less Newcombe's.
      if positives < negatives, spread != 1 { #expect(isDeLong == (spread > 1)) }
      let pooled = Assessment(made, settings: IntervalSettings(resamples: 50))
      #expect(
        pooled.intervals["roc_auc_ovr"]?.method == found.method
          || pooled.report.positive?.index == 0)
    }
  }

  @Test(
    "with a hundred of both it is DeLong's; perfect separation and a lone positive are the score's")
  func limits() throws {
    let many = try intervals(try predictions(100, 120, spread: 0.3))
    #expect(many[.rocAUC]?.method == .deLong && many[.averagePrecision]?.method == .bca)
    #expect(try intervals(try predictions(1, 30))[.rocAUC]?.method == .areaScore)
    #expect(try intervals(try predictions(10, 300, spread: 0))[.rocAUC] != nil)
  }

  @Test("the average precision of few positives has the longer of two")
  func precision() throws {
    let made = try predictions(8, 200)
    let assessment = Assessment(made, settings: IntervalSettings(resamples: 200))
    let value = try #require(assessment.report.perClass[1].averagePrecision)
    let logit = try #require(Interval.averagePrecision(value, positives: 8))
    let found = try #require(assessment.classIntervals[1][.averagePrecision])
    #expect(found.high - found.low >= logit.high - logit.low - 1e-12)
    #expect([.precisionLogit, .bca, .percentile].contains(found.method))
    #expect(assessment.intervals["average_precision"] == found)
  }
}
