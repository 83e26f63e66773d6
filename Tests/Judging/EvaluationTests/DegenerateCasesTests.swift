import Evaluation
import Testing

/// What every metric says where there is little to say. A name that is not listed is undefined.
@Suite("Degenerate predictions, metric by metric")
struct DegenerateCasesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let classes: Int
    /// Truth, decision, probabilities.
    let rows: [(Int, Int, [Double])]
    let expected: [String: Double]
    var testDescription: String { name }
  }

  /// Metrics of a model that is always right, as far as the truth defines them.
  private static let right: [String: Double] = [
    "accuracy": 1, "balanced_accuracy": 1, "g_mean": 1, "f1_macro": 1, "f1_weighted": 1,
    "precision_macro": 1, "precision_weighted": 1, "recall_macro": 1, "recall_weighted": 1,
    "top_3_accuracy": 1, "top_5_accuracy": 1, "brier": 0, "ece": 0, "ece_classwise": 0,
  ]
  /// −ln(1 − 2⁻⁵²): the loss of a certain and right answer.
  private static let certain = 2.220446049250313e-16
  private static let half: [String: Double] = [
    "roc_auc_ovr": 0.5, "roc_auc_ovo": 0.5, "log_loss": 0.6931471805599453, "brier": 0.5,
    "ece": 0, "ece_classwise": 0, "top_3_accuracy": 1, "top_5_accuracy": 1,
  ]

  static let cases = [
    Case(name: "no example at all", classes: 3, rows: [], expected: [:]),
    Case(
      name: "one example, right", classes: 3, rows: [(1, 1, [0, 1, 0])],
      expected: right.merging([
        "mcc": 0, "specificity_macro": 1, "log_loss": certain, "average_precision": 1,
      ]) { $1 }),
    Case(
      name: "one example, wrong", classes: 2, rows: [(0, 1, [0, 1])],
      expected: [
        "accuracy": 0, "balanced_accuracy": 0, "g_mean": 0, "mcc": 0, "cohen_kappa": 0,
        "cohen_kappa_linear": 0, "cohen_kappa_quadratic": 0, "f1_macro": 0, "f1_weighted": 0,
        "precision_macro": 0, "recall_macro": 0, "recall_weighted": 0, "specificity_macro": 0,
        "log_loss": 36.04365338911715, "brier": 2, "ece": 1, "ece_classwise": 1,
        "top_3_accuracy": 1, "top_5_accuracy": 1,
      ]),
    Case(
      name: "one class in truth and prediction", classes: 2,
      rows: [(0, 0, [1, 0]), (0, 0, [1, 0])],
      expected: right.merging(["mcc": 0, "specificity_macro": 1, "log_loss": certain]) { $1 }),
    Case(
      name: "constant scores and a constant decision", classes: 2,
      rows: [(0, 0, [0.5, 0.5]), (1, 0, [0.5, 0.5])],
      expected: half.merging([
        "accuracy": 0.5, "balanced_accuracy": 0.5, "g_mean": 0, "mcc": 0, "cohen_kappa": 0,
        "cohen_kappa_linear": 0, "cohen_kappa_quadratic": 0, "f1_macro": 1.0 / 3,
        "f1_weighted": 1.0 / 3, "precision_macro": 0.5, "precision_weighted": 0.5,
        "recall_macro": 0.5, "recall_weighted": 0.5, "specificity_macro": 0.5,
        "average_precision": 0.5,
      ]) { $1 }),
    Case(
      name: "always wrong", classes: 2, rows: [(0, 1, [0, 1]), (1, 0, [1, 0])],
      expected: [
        "accuracy": 0, "balanced_accuracy": 0, "g_mean": 0, "mcc": -1, "cohen_kappa": -1,
        "cohen_kappa_linear": -1, "cohen_kappa_quadratic": -1, "kendall_tau": -1, "f1_macro": 0,
        "f1_weighted": 0, "precision_macro": 0, "precision_weighted": 0, "recall_macro": 0,
        "recall_weighted": 0, "specificity_macro": 0, "roc_auc_ovr": 0, "roc_auc_ovo": 0,
        "average_precision": 0.5, "log_loss": 36.04365338911715, "brier": 2, "ece": 1,
        "ece_classwise": 1, "top_3_accuracy": 1, "top_5_accuracy": 1,
      ]),
    Case(
      name: "a single class in the model", classes: 1, rows: [(0, 0, [1])],
      expected: right.merging(["mcc": 0, "log_loss": certain, "average_precision": 1]) { $1 }),
  ]

  @Test("every metric of the catalogue", arguments: cases)
  func values(degenerate: Case) {
    var evidence = MetricsAccumulator(classes: degenerate.classes)
    for (truth, decision, probabilities) in degenerate.rows {
      evidence.add(
        Outcome(truth: truth, predicted: decision, probabilities: probabilities[...]))
    }
    let inputs = evidence.value
    for metric in Metric.catalogue {
      let (value, expected) = (metric(inputs).value, degenerate.expected[metric.name])
      #expect((value == nil) == (expected == nil), "\(metric.name): \(String(describing: value))")
      #expect(abs((value ?? 0) - (expected ?? 0)) < 1e-12, "\(metric.name)")
    }
  }

  @Test("a mean over no class says so", arguments: cases.prefix(1))
  func counts(degenerate: Case) {
    let inputs = MetricsAccumulator(classes: degenerate.classes).value
    for metric in Metric.catalogue {
      let average = metric(inputs)
      #expect(average.value == nil)
      #expect((average.classesAveraged ?? 0) == 0, "\(metric.name)")
      #expect(metric.noSkill(inputs) == nil, "\(metric.name)")
    }
  }
}
