import Evaluation
import TestSupport
import Testing

@Suite("Metrics equal scikit-learn's to 1e-9")
struct MetricGoldenTests {
  @Test("decisions: 1000 tables with absent, never predicted and single classes")
  func decisions() throws {
    let golden: [[Double?]] = try Golden.load("Evaluation/decisions.json")
    #expect(golden.count == 1000)
    for (index, expected) in golden.enumerated() {
      let evidence = GoldenTable(index + 1).evidence
      let (inputs, confusion) = (evidence.value, evidence.confusion)
      let names = [
        "accuracy", "balanced_accuracy", "mcc", "cohen_kappa", "cohen_kappa_linear",
        "cohen_kappa_quadratic",
        "f1_macro", "f1_weighted", "precision_macro", "precision_weighted", "recall_macro",
        "recall_weighted", "specificity_macro",
      ]
      for (column, name) in names.enumerated() {
        let value = Metric.named(name)?(inputs).value
        #expect(matches(value, expected[column]), "table \(index + 1): \(name)")
      }
      let lists = [confusion.precision, confusion.recall, confusion.f1, confusion.specificity]
      for (column, list) in lists.enumerated() {
        #expect(matches(condensed(list), expected[13 + column]), "table \(index + 1): \(column)")
      }
      for (column, name) in ["g_mean", "kendall_tau"].enumerated() {
        let value = Metric.named(name)?(inputs).value
        #expect(matches(value, expected[17 + column]), "table \(index + 1): \(name)")
      }
    }
  }

  @Test("scores: 3000 tables with ties, constant scores and absent classes")
  func scores() throws {
    let golden: [[Double?]] = try Golden.load("Evaluation/scores.json")
    #expect(golden.count == 3000)
    for (index, expected) in golden.enumerated() {
      let inputs = GoldenTable(index + 1).evidence.value
      let auc = Metric.named("roc_auc_ovr")?(inputs).value
      #expect(matches(auc, expected[0]), "table \(index + 1)")
      #expect(matches(inputs.logLoss, expected[1]), "table \(index + 1)")
      if let top = expected[2] {
        #expect(matches(inputs.ranks.accuracy(top: 3), top), "table \(index + 1)")
      }
      #expect(matches(condensed(inputs.rocAUC), expected[3]), "table \(index + 1)")
    }
  }

  @Test("areas: 2000 tables, one-versus-one and average precision")
  func areas() throws {
    let golden: [[Double?]] = try Golden.load("Evaluation/areas.json")
    #expect(golden.count == 2000)
    for (index, expected) in golden.enumerated() {
      let inputs = GoldenTable(index + 1).evidence.value
      let values = [
        Metric.named("roc_auc_ovo")?(inputs).value,
        Metric.named("average_precision")?(inputs).value,
        condensed(inputs.rocAUCPairs), condensed(inputs.averagePrecision),
      ]
      for (column, value) in values.enumerated() {
        #expect(matches(value, expected[column]), "table \(index + 1): column \(column)")
      }
    }
  }

  @Test("calibration: 2000 tables, Brier score and binned errors")
  func calibration() throws {
    let golden: [[Double?]] = try Golden.load("Evaluation/calibration.json")
    #expect(golden.count == 2000)
    for (index, expected) in golden.enumerated() {
      let inputs = GoldenTable(index + 1).evidence.value
      let values = ["brier", "ece", "ece_classwise"].map { Metric.named($0)?(inputs).value }
      for (column, value) in (values + [condensed(inputs.classCalibrationError)]).enumerated() {
        #expect(matches(value, expected[column]), "table \(index + 1): column \(column)")
      }
    }
  }
}
