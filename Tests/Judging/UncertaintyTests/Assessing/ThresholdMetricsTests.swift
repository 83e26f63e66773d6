import Evaluation
import Files
import Randomness
import Testing
import Uncertainty

@Suite("Threshold metrics")
struct ThresholdMetricsTests {
  private let key = RandomKey(seed: 33)
  private let settings = IntervalSettings(resamples: 200)

  private func binary(_ scores: [Double], _ truths: [Int]) throws -> [ThresholdMetrics] {
    let predictions = try Predictions(
      classes: ["well", "ill"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: scores.flatMap { [1 - $0, $0] })
    return Assessment(predictions, settings: settings).thresholdMetrics
  }

  @Test("values are ScoreRanking's, and intervals hold them", arguments: [nil, 25])
  func values(groups: Int?) throws {
    let predictions = try drawnPredictions(count: 300, classes: 4, key: key, groups: groups)
    let all = Assessment(predictions, settings: settings).thresholdMetrics
    #expect(all.map(\.name) == predictions.classes)
    for (index, metrics) in all.enumerated() {
      let ranking = predictions.ranking(of: index)
      for (place, rate) in [0.9, 0.95].enumerated() {
        let first = ranking.sensitivity(atSpecificity: rate)
        #expect(metrics.sensitivityAtSpecificity[place].target == rate)
        #expect(metrics.sensitivityAtSpecificity[place].value == first?.sensitivity)
        #expect(metrics.sensitivityAtSpecificity[place].threshold == first?.threshold)
        let second = ranking.specificity(atSensitivity: rate)
        #expect(metrics.specificityAtSensitivity[place].value == second?.specificity)
      }
      #expect(metrics.precisionAtTop.map(\.target) == [Double(ranking.positives), 10])
      #expect(metrics.precisionAtTop[1].value == ranking.precision(atTop: 10))
      #expect(metrics.netBenefit.map(\.target) == [0.05, 0.1, 0.2, 0.5])
      #expect(metrics.netBenefit[2].value == ranking.netBenefit(at: 0.2)?.model)
      for point in metrics.sensitivityAtSpecificity + metrics.netBenefit {
        let (interval, value) = (try #require(point.interval), try #require(point.value))
        #expect(interval.contains(value) && interval.method == .percentile)
      }
    }
  }

  @Test("a threshold chosen anew is less certain than a fixed one")
  func uncertainty() throws {
    let predictions = try drawnPredictions(count: 400, classes: 2, key: key)
    let point = Assessment(predictions, settings: settings).thresholdMetrics[0]
      .sensitivityAtSpecificity[1]
    let ranking = predictions.ranking(of: 0)
    let hits = try #require(ranking.sensitivity(atSpecificity: 0.95)).truePositives
    let fixed = try #require(Interval.wilson(hits, of: ranking.positives))
    let interval = try #require(point.interval)
    #expect(interval.high - interval.low > fixed.high - fixed.low)
  }

  @Test("perfect scores: rates keep a length, and say how")
  func perfect() throws {
    let ill = try binary((0..<16).map { Double($0 + 1) / 20 }, (0..<16).map { $0 / 8 })[1]
    let point = ill.sensitivityAtSpecificity[1]
    #expect(point.value == 1 && point.threshold == 0.45)
    let wilson = try #require(Interval.wilson(8, of: 8))
    #expect(point.interval == MetricInterval(wilson, method: .wilson))
    #expect(ill.specificityAtSensitivity[0].value == 1)
    #expect(ill.precisionAtTop[0].value == 1 && ill.precisionAtTop[0].interval == nil)
    #expect(ill.precisionAtTop[1].value == 0.8)
  }

  @Test("constant scores: nothing found, nothing spared, precision the prevalence")
  func constant() throws {
    let ill = try binary([Double](repeating: 0.3, count: 20), (0..<20).map { $0 / 15 })[1]
    #expect(ill.sensitivityAtSpecificity.map(\.value) == [0, 0])
    #expect(ill.sensitivityAtSpecificity[0].threshold == nil)
    #expect(ill.specificityAtSensitivity.map(\.value) == [0, 0])
    #expect(ill.precisionAtTop.map(\.value) == [0.25, 0.25])
    #expect(ill.netBenefit[3].value == 0)
  }

  @Test("one positive, no positive, fewer than ten images, no truth")
  func limits() throws {
    let one = try binary([0.1, 0.8, 0.3, 0.6, 0.2], [0, 0, 0, 1, 0])[1]
    #expect(one.sensitivityAtSpecificity[0].value == 0)
    #expect(one.specificityAtSensitivity[0].value == 0.75)
    #expect(one.precisionAtTop.map(\.target) == [1] && one.precisionAtTop[0].value == 0)
    let absent = try binary([0.1, 0.8, 0.3], [0, 0, 0])[1]
    #expect(absent.sensitivityAtSpecificity.allSatisfy { $0.value == nil && $0.interval == nil })
    #expect(absent.precisionAtTop[0].value == nil && absent.precisionAtTop[0].threshold == nil)
    #expect(absent.netBenefit[3].value == -1.0 / 3)
    let none = Assessment(
      try Predictions(classes: ["a", "b"], paths: ["x"], probabilities: [0.5, 0.5]),
      settings: settings)
    #expect(none.thresholdMetrics.count == 2)
    #expect(none.thresholdMetrics[0].netBenefit.allSatisfy { $0.value == nil })
  }

  @Test("undefined is null in JSON; a file without the key reads as one without thresholds")
  func coding() throws {
    let ill = try binary([0.1, 0.8, 0.3], [0, 0, 0])[1]
    let text = String(decoding: try JSONFile.encodeLine(ill), as: UTF8.self)
    #expect(text.contains("{\"interval\":null,\"target\":0.9,\"threshold\":null,\"value\":null}"))
    let predictions = try drawnPredictions(count: 40, classes: 2, key: key)
    let old = String(
      decoding: try JSONFile.encodeLine(Assessment(predictions, settings: settings)), as: UTF8.self
    ).replacing("\"threshold_metrics\"", with: "\"something_else\"")
    let read = try JSONFile.decode(Assessment.self, from: Array(old.utf8), name: "old.json")
    #expect(read.thresholdMetrics.isEmpty && !read.classIntervals.isEmpty)
  }

  @Test("subgroups have none")
  func subgroups() throws {
    let predictions = try drawnPredictions(count: 60, classes: 2, key: key, groups: 3)
    let all = try SubgroupAssessment(predictions, column: "group", settings: settings)
    #expect(all.groups.allSatisfy { $0.assessment.thresholdMetrics.isEmpty })
  }
}
