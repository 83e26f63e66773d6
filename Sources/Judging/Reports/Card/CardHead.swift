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
  ]

  var text: String {
    var lines = ["---"]
    if let license = run.facts?.license { lines.append("license: \(YAMLText.quoted(license))") }
    lines += [
      "pipeline_tag: \(task)", "library_name: steelyard", "tags:",
      "- \(task)", "- imbalanced-data", "- steelyard",
    ]
    lines += ["model", "method"].compactMap { run.facts?.option($0) }
      .map { "- " + YAMLText.quoted($0) }
    lines += usedTypes.isEmpty ? [] : ["metrics:"] + usedTypes.map { "- \($0)" }
    lines += ["model-index:", "- name: \(YAMLText.quoted(title))"]
    let results = run.evaluations.filter { $0.metrics.n > 0 }
    lines += results.isEmpty ? ["  results: []"] : ["  results:"] + results.flatMap(result)
    return (lines + ["---", ""]).joined(separator: "\n")
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
    let data = run.population?.name ?? "data"
    return [
      "  - task:", "      type: \(task)",
      "      name: \(task == Self.ofImages ? "Image classification" : "Tabular classification")",
      "    dataset:", "      name: \(YAMLText.quoted(data))",
      "      type: \(YAMLText.quoted(data))",
      "      split: \(YAMLText.quoted(part.split))", "    metrics:",
    ] + Self.metrics.flatMap { metric(part, $0.key, $0.type, $0.arguments) }
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
    var lines = [
      "    - type: \(type)", "      name: \(YAMLText.quoted(Definition.of(key)?.name ?? key))",
      "      value: \(Self.number(value))",
    ]
    if !arguments.isEmpty {
      lines += ["      args:"] + arguments.map { "        \($0.0): \($0.1)" }
    }
    return lines
  }

  /// A number that every reader of YAML takes for one: `0.5`, not `5e-1`.
  private static func number(_ value: Double) -> String {
    let text = Figures.fixed(value, 6).replacing("−", with: "-")
    guard text.contains(".") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }.reversed()
    return String(trimmed) + (trimmed.last == "." ? "0" : "")
  }
}
