import Evaluation
import Files
import Foundation
import TestSupport
import Testing

@Suite("The positive one of two classes")
struct PositiveClassTests {
  /// The same numbers with the column of the rare class first or last.
  private func predictions(
    rareFirst: Bool, of table: GoldenTable, positive: Int
  ) throws -> Predictions {
    let text = GoldenTable.text(table, positive: positive, rareFirst: rareFirst)
    return try Predictions.read(bytes: Array(text.utf8), name: "t.csv")
  }

  @Test("equals scikit-learn's with pos_label, under both spellings, to 1e-9")
  func golden() throws {
    let rows: [[Double?]] = try Golden.load("Evaluation/positive.json")
    #expect(rows.count > 300)
    for row in rows {
      let (number, positive) = (Int(row[0] ?? 0), Int(row[1] ?? 0))
      let table = GoldenTable(number)
      let isTie = table.truths.count { $0 == positive } * 2 == table.truths.count
      // Of equal numbers the later in the list is positive.
      for rareFirst in isTie ? [false] : [true, false] {
        let report = MetricsReport(
          try predictions(rareFirst: rareFirst, of: table, positive: positive))
        let index = try #require(report.positive?.index)
        #expect(report.positiveName == "rare", "table \(number)")
        let own = report.perClass[index]
        let values = [
          report["average_precision"], report["roc_auc_ovr"], own.f1, own.precision, own.recall,
        ]
        for (value, expected) in zip(values, row.dropFirst(2)) {
          #expect(matches(value, expected), "table \(number), rare first: \(rareFirst)")
        }
      }
    }
  }

  @Test("no metric of two classes depends on how they are spelled, ties included")
  func spelling() throws {
    for number in 1...400 {
      let table = GoldenTable(number)
      guard table.classes == 2 else { continue }
      // Without decisions, so that equal scores must be decided.
      let reports = try [true, false].map { rareFirst in
        let text = GoldenTable.text(
          table, positive: 0, rareFirst: rareFirst, hasDecisions: false)
        return MetricsReport(try Predictions.read(bytes: Array(text.utf8), name: "t.csv"))
      }
      let counts = [0, 1].map { index in table.truths.count { $0 == index } }
      // Equal numbers leave the later in the list, which is a matter of spelling.
      guard counts[0] != counts[1] else { continue }
      #expect(reports[0].positiveName == reports[1].positiveName)
      for metric in Metric.catalogue {
        let (one, other) = (reports[0][metric.name], reports[1][metric.name])
        #expect((one == nil) == (other == nil), "table \(number): \(metric.name)")
        #expect(
          close(one ?? 0, other ?? 0, absolute: 1e-12), "table \(number): \(metric.name)")
      }
    }
  }

  @Test("is the one with fewer training images, else the rarer here, else the later")
  func rule() {
    let training = PositiveClass(trainingCounts: [3, 9], support: [9, 3])
    #expect(training == PositiveClass(0, because: .fewerTraining))
    #expect(
      PositiveClass(trainingCounts: nil, support: [9, 3])
        == PositiveClass(1, because: .fewerExamples))
    #expect(
      PositiveClass(trainingCounts: nil, support: [3, 3]) == PositiveClass(1, because: .tie))
    #expect(PositiveClass(trainingCounts: nil, support: [3, 3, 1]) == nil)
  }

  @Test("training images outweigh the examples, and a chosen class both")
  func precedence() throws {
    var predictions = try Predictions(
      classes: ["a", "b"], paths: ["1", "2", "3"], truths: [0, 0, 1],
      probabilities: [0.9, 0.1, 0.2, 0.8, 0.4, 0.6])
    #expect(MetricsReport(predictions).positiveText == "b (the rarer: 1 of 3 images)")
    let trained = MetricsReport(predictions, trainingCounts: [5, 70])
    #expect(trained.positiveText == "a (fewer training images: 5, of b 70)")
    predictions.positive = try PositiveClass(named: "b", among: predictions.classes)
    #expect(MetricsReport(predictions, trainingCounts: [5, 70]).positiveText == "b (as chosen)")
    #expect(try predictions.keeping([0, 1]).positive == predictions.positive)
    let turned = try #require(predictions.ordered(as: ["b", "a"]))
    #expect(turned.positive?.index == 0 && turned.truths == [1, 1, 0])
    #expect(Array(turned[2]) == [0.6, 0.4] && turned.ordered(as: ["b", "c"]) == nil)
  }

  @Test("a class that is none is refused by its name")
  func refusals() {
    func message(_ name: String, _ classes: [String]) -> String {
      do { return "\(try PositiveClass(named: name, among: classes))" } catch { return "\(error)" }
    }
    #expect(
      message("tumor", ["healthy", "tumour"])
        == "'tumor' cannot be the positive class: no class has this name; did you mean 'tumour'?"
        + " the classes are healthy, tumour")
    #expect(
      message("a", ["a", "b", "c"])
        == "'a' cannot be the positive class: only one of two classes can, and there are 3; of more"
        + " classes each one's own row is that class against the rest")
  }

  @Test("stands in the JSON; a file without it has the second class")
  func coding() throws {
    let predictions = try Predictions(
      classes: ["cancer", "healthy"], paths: ["1", "2", "3"], truths: [0, 1, 1],
      probabilities: [0.9, 0.1, 0.2, 0.8, 0.4, 0.6])
    let report = MetricsReport(predictions)
    let bytes = try JSONFile.encode(report)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"positive_class\" : \"cancer\""))
    #expect(text.contains("\"positive_class_because\" : \"fewer_examples\""))
    #expect(try JSONFile.decode(MetricsReport.self, from: bytes, name: "m") == report)
    var old = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: any Sendable])
    for key in old.keys where key.hasPrefix("positive_class") { old[key] = nil }
    let read = try JSONFile.decode(
      MetricsReport.self, from: Array(JSONSerialization.data(withJSONObject: old)), name: "m")
    #expect(read.positive == PositiveClass(1, because: .second))
    #expect(read.positiveText?.hasPrefix("healthy (the second in the list") == true)
  }
}

extension GoldenTable {
  /// The table as CSV, its classes called `rare` and `other`.
  ///
  /// - Parameters:
  ///   - positive: The class that is called `rare`.
  ///   - rareFirst: Whether its column stands first.
  ///   - hasDecisions: Whether the decisions are written.
  static func text(
    _ table: GoldenTable, positive: Int, rareFirst: Bool, hasDecisions: Bool = true
  ) -> String {
    let name = { (index: Int) in index == positive ? "rare" : "other" }
    let order = rareFirst ? [positive, 1 - positive] : [1 - positive, positive]
    var text =
      "path,y_true," + (hasDecisions ? "y_pred," : "")
      + order.map { "prob_\(name($0))" }.joined(separator: ",") + "\n"
    for row in table.truths.indices {
      text +=
        "\(row),\(name(table.truths[row])),"
        + (hasDecisions ? name(table.decisions[row]) + "," : "")
        + order.map { "\(table.scores[row * 2 + $0])" }.joined(separator: ",") + "\n"
    }
    return text
  }
}
