import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Assessment")
struct AssessmentTests {
  private let key = RandomKey(seed: 21)
  private let settings = IntervalSettings(resamples: 200)

  /// `count` examples of two classes with the given recalls, scores that follow the decisions.
  private func predictions(_ right: [Int], of counts: [Int]) throws -> Predictions {
    var (truths, scores): ([Int], [Double]) = ([], [])
    for index in 0..<2 {
      for place in 0..<counts[index] {
        let score = 0.6 + 0.3 * Double(place + 1) / Double(counts[index] + 2)
        let isFirst = (index == 0) == (place < right[index])
        truths.append(index)
        scores += isFirst ? [score, 1 - score] : [1 - score, score]
      }
    }
    return try Predictions(
      classes: ["well", "ill"], paths: truths.indices.map { "\($0).png" }, truths: truths,
      probabilities: scores)
  }

  @Test("every defined metric of a usual table has an interval that holds it")
  func usual() throws {
    let predictions = try drawnPredictions(count: 300, classes: 4, key: key)
    let assessment = Assessment(predictions, settings: settings)
    for metric in Metric.catalogue {
      guard let value = assessment.report[metric.name] else { continue }
      let interval = try #require(assessment.intervals[metric.name], "\(metric.name)")
      #expect(interval.contains(value), "\(metric.name): \(value), \(interval)")
      #expect(interval.level == 0.95)
    }
    #expect(assessment.report == MetricsReport(predictions))
  }

  @Test("rates get Wilson's, areas DeLong's, the rest the bootstrap's")
  func methods() throws {
    let predictions = try drawnPredictions(count: 300, classes: 4, key: key)
    let assessment = Assessment(predictions, settings: settings)
    #expect(assessment.intervals["accuracy"]?.method == .wilson)
    #expect(assessment.intervals["top_3_accuracy"]?.method == .wilson)
    #expect(assessment.intervals["f1_macro"]?.method == .bca)
    let row = assessment.classIntervals[1]
    #expect(row[.recall]?.method == .wilson && row[.precision]?.method == .wilson)
    #expect(row[.specificity]?.method == .wilson && row[.f1]?.method == .bca)
    #expect(assessment.intervals["ece"]?.method == .folded)
    #expect(assessment.intervals["ece_classwise"]?.method == .folded)
    let report = assessment.report.perClass[1]
    let expected = try #require(Interval.wilson(report.correct, of: report.support))
    #expect(row[.recall] == MetricInterval(expected, method: .wilson))
    let exact = Assessment(
      predictions,
      settings: IntervalSettings(
        resamples: 50, level: 0.9, method: .percentile, rates: .clopperPearson))
    #expect(exact.intervals["accuracy"]?.method == .clopperPearson)
    #expect(exact.intervals["mcc"]?.method == .percentile)
    #expect(exact.intervals["mcc"]?.level == 0.9)
  }

  @Test("where groups are resampled, everything is the bootstrap's, and the summary says so")
  func clustered() throws {
    let predictions = try drawnPredictions(count: 200, classes: 3, key: key, groups: 30)
    let assessment = Assessment(predictions, settings: settings)
    let methods = Set(assessment.intervals.values.map(\.method))
    #expect(methods.isSubset(of: [.bca, .percentile, .folded]))
    #expect(assessment.classIntervals[0][.recall]?.method == .bca)
    #expect(assessment.resampling.clusters == 30)
    #expect(assessment.resampling.clusterColumn == "group")
    let plain = Assessment(
      predictions, settings: IntervalSettings(resamples: 20, groupColumn: "smear"))
    #expect(plain.resampling.clusters == nil && plain.resampling.strata == 1)
    #expect(plain.resampling.population == "class counts sampled")
    let fixed = Assessment(
      predictions, settings: IntervalSettings(resamples: 20, counts: .fixed, groupColumn: "smear"))
    #expect(fixed.resampling.strata == 3 && fixed.resampling.population == "class counts fixed")
  }

  @Test("examples of one patient are fewer witnesses: ten copies widen the interval threefold")
  func copies() throws {
    let base = try drawnPredictions(count: 60, classes: 2, key: key)
    let rows = (0..<600).map { $0 % 60 }
    let copied = try Predictions(
      classes: base.classes, paths: (0..<600).map { "\($0)" }, truths: rows.map { base.truths[$0] },
      probabilities: rows.flatMap { base[$0] },
      columns: [.init("group", rows.map { "patient \($0)" })])
    let honest = Assessment(copied, settings: settings)
    let naive = Assessment(
      copied, settings: IntervalSettings(resamples: 200, groupColumn: "none"))
    func width(_ assessment: Assessment) throws -> Double {
      let interval = try #require(assessment.intervals["mcc"])
      return interval.high - interval.low
    }
    let ratio = try width(honest) / width(naive)
    #expect(ratio > 2.4 && ratio < 4)
  }

  @Test("all correct: no bootstrap interval claims certainty, rates and areas keep a length")
  func allCorrect() throws {
    let assessment = Assessment(try predictions([8, 8], of: [8, 8]), settings: settings)
    #expect(assessment.report["mcc"] == 1)
    #expect(assessment.intervals["mcc"] == nil)
    #expect(assessment.intervals["f1_macro"] == nil)
    let accuracy = try #require(assessment.intervals["accuracy"])
    #expect(accuracy.high == 1 && accuracy.low < 0.85)
    let area = try #require(assessment.classIntervals[1][.rocAUC])
    #expect(area.high == 1 && area.low < 0.9)
    #expect(assessment.smallSamples.map(\.counts) == ["8 of 8", "8 of 8"])
  }

  @Test("none correct, one positive, no truth at all")
  func limits() throws {
    let none = Assessment(try predictions([0, 0], of: [5, 5]), settings: settings)
    #expect(none.intervals["accuracy"]?.low == 0)
    #expect(none.intervals["mcc"] == nil && none.intervals["g_mean"] == nil)
    let balanced = try #require(none.intervals["balanced_accuracy"])
    #expect(balanced.low == 0 && balanced.high < 0.4 && balanced.method == .meanRate)
    let one = Assessment(try predictions([30, 1], of: [40, 1]), settings: settings)
    let recall = try #require(one.classIntervals[1][.recall])
    #expect(recall.low < 0.3 && recall.high == 1)
    #expect(one.smallSamples.map(\.name) == ["ill"])
    let unlabelled = Assessment(
      try Predictions(classes: ["a", "b"], paths: ["x"], probabilities: [0.5, 0.5]),
      settings: settings)
    #expect(unlabelled.intervals.isEmpty)
    #expect(unlabelled.classIntervals.allSatisfy { $0.intervals.isEmpty })
  }

  @Test(
    "same seed same bytes, for one and two threads and any order of the rows; another seed differs")
  func sameBytes() throws {
    let predictions = try drawnPredictions(
      count: 120, classes: 3, key: key, levels: 9, groups: 25)
    func bytes(_ predictions: Predictions, _ seed: UInt64, _ threads: Int) throws -> [UInt8] {
      try JSONFile.encode(
        Assessment(
          predictions,
          settings: IntervalSettings(resamples: 100, seed: seed, threads: threads)))
    }
    let first = try bytes(predictions, 1, 1)
    #expect(try bytes(predictions, 1, 2) == first)
    #expect(try bytes(predictions, 2, 1) != first)
    var random = key.source
    let order = random.shuffle(120)
    let shuffled = try Predictions(
      classes: predictions.classes, paths: order.map { predictions.paths[$0] },
      truths: order.map { predictions.truths[$0] },
      probabilities: order.flatMap { predictions[$0] },
      columns: [.init("group", order.map { predictions.groups?[$0] ?? "" })])
    #expect(try bytes(shuffled, 1, 2) == first)
  }

  @Test("JSON: the report's keys as they were, and six more")
  func keys() throws {
    let predictions = try drawnPredictions(count: 50, classes: 3, key: key)
    let assessment = Assessment(predictions, settings: settings)
    func object(_ value: some Encodable) throws -> [String: Any] {
      let json = try JSONSerialization.jsonObject(with: Data(JSONFile.encode(value)))
      return try #require(json as? [String: Any])
    }
    let (all, plain) = (try object(assessment), try object(MetricsReport(predictions)))
    #expect(
      Set(all.keys).subtracting(plain.keys)
        == [
          "intervals", "class_intervals", "calibration_slopes", "threshold_metrics", "resampling",
          "small_samples",
        ])
    let same = all.filter { plain[$0.key] != nil }
    let bytes = try [same, plain].map {
      try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys)
    }
    #expect(bytes[0] == bytes[1])
    let intervals = try #require(all["intervals"] as? [String: Any])
    #expect(Set(intervals.keys) == Set(Metric.catalogue.map(\.name)))
    #expect(intervals["recall_many"] is NSNull)
    let mcc = try #require(intervals["mcc"] as? [String: Any])
    #expect(Set(mcc.keys) == ["low", "high", "level", "method"])
    let row = try #require((all["class_intervals"] as? [[String: Any]])?.first)
    #expect(
      Set(row.keys) == [
        "class", "recall", "precision", "specificity", "f1", "roc_auc", "average_precision",
      ])
  }

  @Test("reads back what it wrote; a plain report lacks the intervals")
  func roundTrip() throws {
    for groups in [nil, 12] {
      let predictions = try drawnPredictions(count: 60, classes: 3, key: key, groups: groups)
      let assessment = Assessment(
        predictions, shots: ShotGroups(trainingCounts: [500, 50, 5]), settings: settings)
      let bytes = try JSONFile.encode(assessment)
      let again = try JSONFile.decode(Assessment.self, from: bytes, name: "metrics.json")
      #expect(again == assessment)
      #expect(try JSONFile.decode(MetricsReport.self, from: bytes, name: "x") == assessment.report)
      #expect(throws: FileError.self) {
        let plain = try JSONFile.encode(assessment.report)
        _ = try JSONFile.decode(Assessment.self, from: plain, name: "metrics.json")
      }
    }
  }

  @Test("settings that make no sense trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) { _ = IntervalSettings(resamples: 0) }
    await #expect(processExitsWith: .failure) { _ = IntervalSettings(level: 1) }
    await #expect(processExitsWith: .failure) { _ = IntervalSettings(threads: 0) }
  }
}
