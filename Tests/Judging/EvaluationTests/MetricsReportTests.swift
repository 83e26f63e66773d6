import Evaluation
import Files
import Foundation
import Randomness
import Testing

@Suite("Report")
struct MetricsReportTests {
  /// Three classes, the third absent from the truth and predicted once; the fourth absent altogether.
  private func report() throws -> MetricsReport {
    let predictions = try Predictions(
      classes: ["a", "b", "c", "d"], paths: ["1", "2", "3", "4"], truths: [0, 0, 1, 1],
      probabilities: [
        0.7, 0.1, 0.1, 0.1, 0.1, 0.1, 0.7, 0.1, 0.2, 0.6, 0.1, 0.1, 0.5, 0.3, 0.1, 0.1,
      ])
    return MetricsReport(predictions, trainingCounts: [300, 50, 7, 3])
  }

  private func json(_ report: MetricsReport) throws -> [String: Any] {
    let bytes = try JSONFile.encode(report)
    let object = try JSONSerialization.jsonObject(with: Data(bytes))
    return try #require(object as? [String: Any])
  }

  @Test("means state their classes; absent classes are left out")
  func absentClasses() throws {
    let report = try report()
    #expect(report["accuracy"] == 0.5)
    #expect(report["balanced_accuracy"] == 0.5)
    #expect(report.classesAveraged["balanced_accuracy"] == 2)
    // F1 of a: 2/(2+2), of b: 2/(2+1), of c, predicted but never true: 0.
    #expect(abs((report["f1_macro"] ?? 0) - (0.5 + 2.0 / 3) / 3) < 1e-15)
    #expect(report.classesAveraged["f1_macro"] == 3)
    #expect(report.classesAveraged["roc_auc_ovr"] == 2)
    #expect(report.classesAveraged["accuracy"] == nil)
    #expect(report["recall_many"] == 0.5)
    #expect(report["recall_few"] == nil)
    #expect(report.classesAveraged["recall_few"] == 0)
    #expect(report.perClass[0].recallInterval == .wilson(1, of: 2))
    #expect(report.perClass[3].shot == .few)
    #expect(report.perClass[3].f1 == nil)
  }

  @Test("JSON has every key, null where undefined")
  func keys() throws {
    let json = try json(report())
    for metric in Metric.catalogue { #expect(json[metric.name] != nil, "\(metric.name)") }
    #expect(json["recall_few"] is NSNull)
    #expect(json["n"] as? Int == 4)
    #expect(
      json["confusion_matrix"] as? [[Int]] == [
        [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0],
      ])
    let row = try #require((json["per_class"] as? [[String: Any]])?[3])
    #expect(row["recall"] is NSNull)
    #expect(row["class"] as? String == "d")
    #expect(row["training_count"] as? Int == 3)
  }

  @Test("what guessing gives stands beside what was reached")
  func noSkill() throws {
    let report = try report()
    // Two classes in the truth, half each.
    #expect(report.noSkill["average_precision"] == 0.5)
    #expect(report.noSkill["roc_auc_ovr"] == 0.5)
    #expect(report.noSkill["balanced_accuracy"] == 0.5)
    #expect(report.noSkill["mcc"] == 0)
    #expect(report.noSkill["accuracy"] == nil)
    #expect(report.perClass[0].prevalence == 0.5)
    #expect(report.perClass[3].prevalence == 0)
    #expect(report.perClass[3].averagePrecision == nil)
    let skill = try json(report)["no_skill"] as? [String: Any]
    #expect(skill?["average_precision"] as? Double == 0.5)
  }

  @Test("a report from before there was no_skill is read")
  func older() throws {
    var object = try json(report())
    for key in ["no_skill", "g_mean", "brier"] { object.removeValue(forKey: key) }
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: object))
    let older = try JSONFile.decode(MetricsReport.self, from: bytes, name: "metrics.json")
    #expect(older.noSkill.isEmpty)
    #expect(older["brier"] == nil)
    #expect(older["accuracy"] == 0.5)
  }

  @Test("the inputs of predictions are those of the evidence of their rows")
  func inputs() throws {
    for number in 1...100 {
      let table = GoldenTable(number)
      var predictions = try table.predictions()
      predictions.areOrdered = true
      let (one, other) = (MetricInputs(predictions), table.evidence.value)
      for metric in Metric.catalogue { #expect(metric(one) == metric(other), "\(metric.name)") }
    }
  }

  @Test("metrics of ordered classes are given where the order is said to be one, and only there")
  func order() throws {
    var predictions = try GoldenTable(3).predictions()
    let plain = MetricsReport(predictions)
    predictions.areOrdered = true
    let ordered = MetricsReport(predictions)
    for metric in Metric.catalogue {
      let isOfOrder = Metric.ofOrder.contains(metric.name)
      #expect(plain[metric.name] == (isOfOrder ? nil : ordered[metric.name]), "\(metric.name)")
    }
    #expect(ordered["cohen_kappa_quadratic"] != nil && ordered["kendall_tau"] != nil)
    let table = try json(plain)
    #expect(table["kendall_tau"] is NSNull && table["ordered_classes"] as? Bool == false)
    let reasons = try #require(table["undefined_because"] as? [String: String])
    #expect(
      reasons
        == Dictionary(
          uniqueKeysWithValues: Metric.ofOrder.map { ($0, "the classes are not ordered") }))
    for report in [plain, ordered] {
      let again = try JSONFile.decode(
        MetricsReport.self, from: try JSONFile.encode(report), name: "metrics.json")
      #expect(again == report && again.hasScores)
    }
    #expect(try predictions.keeping([0]).areOrdered)
    #expect(predictions.ordered(as: predictions.classes.reversed())?.areOrdered == true)
    #expect(SelectionMetric.allCases.filter(\.isOfOrder) == [.cohenKappaQuadratic])
  }

  @Test("classification_report has scikit-learn's shape")
  func classificationReport() throws {
    let json = try json(report())
    let table = try #require(json["classification_report"] as? [String: Any])
    #expect(Set(table.keys) == ["a", "b", "c", "d", "accuracy", "macro avg", "weighted avg"])
    let row = try #require(table["b"] as? [String: Any])
    #expect(Set(row.keys) == ["precision", "recall", "f1-score", "support"])
    #expect(row["support"] as? Int == 2)
    #expect(table["accuracy"] as? Double == 0.5)
    let macro = try #require(table["macro avg"] as? [String: Any])
    #expect(macro["support"] as? Int == 4)
    #expect(macro["f1-score"] as? Double == json["f1_macro"] as? Double)
  }

  @Test("reads back what it wrote")
  func roundTrip() throws {
    for number in 1...50 {
      let table = GoldenTable(number)
      let names = (0..<table.classes).map { "class \($0)" }
      let report = MetricsReport(
        table.evidence, classes: names,
        shots: number % 2 == 0 ? nil : ShotGroups(trainingCounts: names.indices.map { $0 * 10 }))
      let bytes = try JSONFile.encode(report)
      let again = try JSONFile.decode(MetricsReport.self, from: bytes, name: "metrics.json")
      #expect(again == report)
      #expect(try JSONFile.encode(again) == bytes)
    }
  }

  @Test("any order and any split of the rows gives the same bytes")
  func sameBytes() throws {
    for number in 1...50 {
      let table = GoldenTable(number)
      let names = (0..<table.classes).map { "class \($0)" }
      let bytes = try JSONFile.encode(MetricsReport(table.evidence, classes: names))
      var random = RandomKey(seed: UInt64(number)).source
      var halves = [
        MetricsAccumulator(classes: table.classes), MetricsAccumulator(classes: table.classes),
      ]
      for index in random.shuffle(table.truths.count) {
        halves[random.below(2)].add(table.outcomes[index])
      }
      halves[1].merge(halves[0])
      #expect(try JSONFile.encode(MetricsReport(halves[1], classes: names)) == bytes)
    }
  }

  @Test("rows without truth are left out; no truth at all leaves everything undefined")
  func unlabelled() throws {
    let p = [0.9, 0.1, 0.4, 0.6]
    let half = MetricsReport(
      try Predictions(
        classes: ["a", "b"], paths: ["1", "2"], truths: [0, nil], probabilities: p))
    #expect(half.n == 1)
    #expect(half["accuracy"] == 1)
    let none = MetricsReport(
      try Predictions(classes: ["a", "b"], paths: ["1", "2"], probabilities: p))
    #expect(none.n == 0)
    #expect(none.values.isEmpty)
    #expect(SelectionMetric.mcc.value(in: none) == nil)
    #expect(SelectionMetric.loss.value(in: half) == half["log_loss"])
  }

  @Test("one class only")
  func oneClass() throws {
    let report = MetricsReport(
      try Predictions(classes: ["a"], paths: ["1"], truths: [0], probabilities: [1.0]))
    #expect(report["accuracy"] == 1)
    #expect(report["mcc"] == 0)
    #expect(report["roc_auc_ovr"] == nil)
    #expect(report["cohen_kappa"] == nil)
  }

  @Test("names and counts that do not fit the evidence trap")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      _ = MetricsReport(MetricsAccumulator(classes: 2), classes: ["a"])
    }
  }
}
