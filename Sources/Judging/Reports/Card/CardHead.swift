import Evaluation
import Files

/// The head of a model card that Hugging Face reads: what the model is, and its results.
struct CardHead {
  let run: RunReport
  let title: String

  /// Metrics of the head: our name, Hugging Face's type, and what distinguishes ours.
  private static let metrics: [(key: String, type: String, arguments: [(String, String)])] = [
    ("accuracy", "accuracy", []), ("balanced_accuracy", "balanced_accuracy", []),
    ("mcc", "matthews_correlation", []), ("f1_macro", "f1", [("average", "macro")]),
    ("f1_weighted", "f1", [("average", "weighted")]),
    ("precision_macro", "precision", [("average", "macro")]),
    ("recall_macro", "recall", [("average", "macro")]),
    ("roc_auc_ovr", "roc_auc", [("average", "macro"), ("multi_class", "ovr")]),
    ("average_precision", "average_precision", [("average", "macro")]),
    ("log_loss", "log_loss", []), ("brier", "brier_score", []),
    ("ece", "expected_calibration_error", []),
    // Of grades alone; other reports have neither.
    ("cohen_kappa_quadratic", "cohen_kappa", [("weights", "quadratic")]),
    ("kendall_tau", "kendall_tau", []),
  ]

  var text: String {
    var first: [String] = []
    if let license = run.facts?.license { first.append("license: \(YAMLText.quoted(license))") }
    first += [
      "pipeline_tag: \(task)", "library_name: steelyard", "tags:",
      "- \(task)", "- imbalanced-data", "- steelyard",
    ]
    first += ["model", "method"].compactMap { run.facts?.option($0) }
      .map { "- " + YAMLText.quoted($0) }
    let results = run.evaluations.filter { $0.metrics.n > 0 }
    return CardSkeleton.head(
      first, metrics: usedTypes, name: title, results: results.flatMap(result)) + "\n"
  }

  private static let ofImages = "image-classification"

  /// Hugging Face's name for what the model does; series have none of their own.
  private var task: String {
    run.population?.input == nil ? Self.ofImages : "tabular-classification"
  }

  private var usedTypes: [String] {
    Self.metrics.filter { run.headline?.metrics[$0.key] != nil }.map(\.type)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func result(_ part: EvaluationPart) -> [String] {
    CardSkeleton.result(
      task: task, task == Self.ofImages ? "Image classification" : "Tabular classification",
      data: run.population?.name ?? "data", part: part.split,
      metrics: Self.metrics.flatMap { metric(part, $0.key, $0.type, $0.arguments) })
  }

  private func metric(
    _ part: EvaluationPart, _ key: String, _ type: String, _ arguments: [(String, String)]
  ) -> [String] {
    let estimate = part.estimate(key)
    guard let value = estimate.value else { return [] }
    var arguments = arguments
    if let positive = part.metrics.positiveName, Metric.ofPositive.contains(key) {
      arguments = [("pos_label", YAMLText.quoted(positive))]
    }
    let name = YAMLText.quoted(Definition.of(key)?.name ?? key)
    return CardSkeleton.metric(type, name, value, arguments)
  }
}
