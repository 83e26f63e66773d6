import Evaluation
import Files
import Foundation
import TestSupport
import Testing

@Suite("One class's row of a report")
struct ClassMetricsTests {
  private func rows(_ number: Int, shots: Bool = false) -> [ClassMetrics] {
    let table = GoldenTable(number)
    let names = (0..<table.classes).map { "c\($0)" }
    let groups = ShotGroups(trainingCounts: names.indices.map { 15 * $0 })
    return MetricsReport(table.evidence, classes: names, shots: shots ? groups : nil).perClass
  }

  @Test("rows hold the rates, areas and errors of the inputs")
  func values() {
    for number in 1...100 {
      let inputs = GoldenTable(number).evidence.value
      for (index, row) in rows(number).enumerated() {
        #expect(row.name == "c\(index)")
        #expect(row.support == inputs.confusion.support[index])
        #expect(row.predicted == inputs.confusion.predicted[index])
        #expect(row.correct == inputs.confusion.truePositives[index])
        #expect(row.precision == inputs.confusion.precision[index])
        #expect(row.recall == inputs.confusion.recall[index])
        #expect(row.specificity == inputs.confusion.specificity[index])
        #expect(row.f1 == inputs.confusion.f1[index])
        #expect(row.rocAUC == inputs.rocAUC[index])
        #expect(row.averagePrecision == inputs.averagePrecision[index])
        #expect(row.calibrationError == inputs.classCalibrationError[index])
        #expect(row.training == nil)
        #expect(row.shot == nil)
      }
    }
  }

  @Test("prevalences sum to 1; the average precision of guessing is the prevalence")
  func prevalence() {
    for number in 1...100 {
      let prevalences = rows(number).compactMap(\.prevalence)
      #expect(close(prevalences.reduce(0, +), 1))
    }
  }

  @Test("with training counts, each row has its group")
  func shots() {
    let rows = rows(2, shots: true)
    #expect(rows[0].shot == .few)
    #expect(rows[0].training == 0)
    if rows.count > 2 { #expect(rows[2].shot == .medium) }
  }

  @Test("JSON has every key, and reads back")
  func coding() throws {
    for number in 1...30 {
      for row in rows(number, shots: number % 2 == 0) {
        let bytes = try JSONFile.encode(row)
        #expect(try JSONFile.decode(ClassMetrics.self, from: bytes, name: "row") == row)
        let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        #expect(
          Set(try #require(object).keys) == [
            "class", "support", "predicted", "correct", "training_count", "shot", "precision",
            "recall", "recall_interval", "specificity", "f1", "roc_auc", "average_precision",
            "prevalence", "ece",
          ])
      }
    }
  }
}
