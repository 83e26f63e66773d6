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

  /// Classes of `size` images, of which the first is found in all but one image and the others in half, in groups of so
  /// many rows or none.
  private func recalls(classes: Int, size: Int, groupsOf rows: Int? = nil) throws -> Assessment {
    let truths = (0..<classes).flatMap { [Int](repeating: $0, count: size) }
    let probabilities = truths.indices.flatMap { row -> [Double] in
      let (truth, place) = (truths[row], row % size)
      let isRight = truth == 0 ? place > 0 : place % 2 == 0
      let said = isRight ? truth : (truth + 1) % classes
      return (0..<classes).map { $0 == said ? 0.9 : 0.1 / Double(classes - 1) }
    }
    let columns = rows.map { rows in
      [Predictions.Column("group", truths.indices.map { "g\($0 / rows)" })]
    }
    let made = try Predictions(
      classes: (0..<classes).map { "c\(100 + $0)" },
      paths: truths.indices.map { "\(1000 + $0)" }, truths: truths, probabilities: probabilities,
      columns: columns ?? [])
    let shots = ShotGroups(trainingCounts: (0..<classes).map { $0 < 3 ? 500 : 5 })
    return Assessment(made, shots: shots, settings: IntervalSettings(resamples: 300))
  }

  /// Twelve classes of ten images have a Σ 1/n of 1.2, of twenty one of .6; of the nine few-shot ones it is .9 and .45.
  @Test func meanRecallsOfManyClassesOfFewImages() throws {
    let (rare, common) = (try recalls(classes: 12, size: 10), try recalls(classes: 12, size: 20))
    let rates = (0..<12).map { (successes: $0 == 0 ? 9 : 5, trials: 10) }
    let adjusted = try #require(Interval.meanRateAdjusted(rates))
    for name in ["balanced_accuracy", "recall_macro"] {
      let found = try #require(rare.intervals[name])
      // The longer of two.
      #expect(found.high - found.low >= adjusted.high - adjusted.low - 1e-12)
      if found.method == .adjustedWald { #expect(found.low == adjusted.low) }
      #expect(common.intervals[name]?.method == .bca)
      #expect(
        try recalls(classes: 12, size: 10, groupsOf: 5).intervals[name]?.method != .adjustedWald)
    }
    #expect(rare.intervals["recall_few"]?.method == .bca)
    let rarer = try recalls(classes: 15, size: 8)
    #expect(rarer.intervals["recall_few"]?.method == .adjustedWald)
    #expect(rarer.intervals["recall_many"]?.method == .bca)
    #expect(
      RareClassRuleTests.methods([rare, rarer].compactMap { $0.intervals["balanced_accuracy"] })
        .contains(.adjustedWald))
  }

  private static func methods(_ intervals: [MetricInterval]) -> Set<MetricInterval.Method> {
    Set(intervals.map(\.method))
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
