import Decisions
import Evaluation
import Targets
import TestSupport
import Testing

/// The calibration of single labels against scikit-learn and SciPy, entry by entry.
@Suite struct LabelCalibrationTests {
  /// A table of `Goldens/Targets/label_calibration.py`; 1, 0, and −1 where not known.
  private struct Table: Decodable {
    struct Label: Decodable {
      let temperature: Double
      let probabilities: [String: [Double]]
      let errors: [String: Double]
      let moved: [Double]
      let threshold: Double
      let f1: Double
    }
    let truths: [[Int]]
    let scores: [[Double]]
    let target: Double
    let labels: [Label]

    var predictions: LabelPredictions {
      LabelPredictions(
        labels: labels.indices.map { "l\($0)" }, paths: truths.indices.map { "\(1000 + $0)" },
        truths: truths.flatMap { $0.map { $0 < 0 ? nil : $0 == 1 } },
        probabilities: scores.flatMap(\.self))
    }
  }

  private func plan(_ method: String) throws -> LabelRule.Plan {
    var plan = LabelRule.Plan()
    plan.calibration = try #require(CalibrationMethod.named(method))
    return plan
  }

  private func column(_ label: Int, of table: LabelPredictions) -> [Double] {
    (0..<table.count).map { table.probabilities[$0 * table.labels.count + label] }
  }

  /// Entries that are not known are in no fit, and are calibrated by it.
  @Test(arguments: [("temperature", 1e-9), ("isotonic", 1e-12), ("vector", 5e-7)])
  func everyProbabilityOfEachLabel(_ method: String, _ tolerance: Double) throws {
    let tables = try Golden.load("Targets/label_calibration.json", as: [Table].self)
    #expect(tables.count == 3 && tables.allSatisfy { $0.truths.contains { $0.contains(-1) } })
    for (number, table) in tables.enumerated() {
      let rule = try LabelRule(on: table.predictions, plan(method))
      let calibrated = try rule.applied(to: table.predictions)
      for (label, golden) in table.labels.enumerated() {
        #expect(
          difference(
            column(label, of: calibrated), try #require(golden.probabilities[method]),
            absolute: tolerance) == nil, "table \(number), label \(label)")
      }
    }
  }

  @Test func temperaturesThresholdsAndErrors() throws {
    for table in try Golden.load("Targets/label_calibration.json", as: [Table].self) {
      let rule = try LabelRule(on: table.predictions, plan("temperature"))
      let calibrated = try rule.applied(to: table.predictions)
      let (before, after) = (
        LabelAssessment(table.predictions, settings: nil),
        LabelAssessment(calibrated, thresholds: rule.thresholds, settings: nil)
      )
      for (label, golden) in table.labels.enumerated() {
        let part = rule.parts[label]
        guard case .temperature(let fitted)? = part.rule?.calibration else {
          Issue.record("label \(label) has no temperature")
          continue
        }
        #expect(close(fitted.temperature, golden.temperature, relative: 1e-8))
        #expect(close(part.threshold, golden.threshold, relative: 1e-8))
        #expect(
          close(try #require(after.perLabel[label].storedF1), golden.f1, relative: 1e-12))
        for (found, name) in [(before, "none"), (after, "temperature")] {
          #expect(
            close(
              try #require(found.perLabel[label].calibrationError),
              try #require(golden.errors[name]), relative: 1e-7))
        }
      }
    }
  }

  /// Another prevalence multiplies the odds of what is calibrated by the same factor for each example.
  @Test func aPrevalenceIsCarriedOverBehindTheCalibration() throws {
    for table in try Golden.load("Targets/label_calibration.json", as: [Table].self) {
      var plan = try plan("temperature")
      for label in table.labels.indices { plan.prevalence["l\(label)"] = table.target }
      let moved = try LabelRule(on: table.predictions, plan).applied(to: table.predictions)
      for (label, golden) in table.labels.enumerated() {
        #expect(difference(column(label, of: moved), golden.moved, absolute: 1e-8) == nil)
      }
    }
  }

  /// A label by itself is calibrated as beside others: no label's examples are in another's fit.
  @Test func labelsAreCalibratedApart() throws {
    let table = try Golden.load("Targets/label_calibration.json", as: [Table].self)[0].predictions
    let all = try LabelRule(on: table, plan("isotonic")).applied(to: table)
    for label in table.labels.indices {
      let alone = LabelPredictions(
        labels: [table.labels[label]], paths: table.paths,
        truths: (0..<table.count).map { table.truths[$0 * table.labels.count + label] },
        probabilities: column(label, of: table))
      let own = try LabelRule(on: alone, plan("isotonic")).applied(to: alone)
      #expect(own.probabilities == column(label, of: all))
    }
  }
}
