import Datasets
import Evaluation
import Files
import Runs
import Targets
import Uncertainty

extension LabelRunFacts {
  /// The model card: `README.md` with the head that Hugging Face reads, and the line below which people write.
  ///
  /// - Parameter version: Version of Steelyard to name.
  public func card(version: String) -> String {
    CardSkeleton.text(
      head: head, name: name,
      [summary(version), dataText] + evaluations.map(section) + [limits, usage])
  }

  /// Metrics of the head: our name, Hugging Face's type.
  private static let metrics = [
    ("average_precision_macro", "average_precision"), ("roc_auc_macro", "roc_auc"),
    ("f1_macro", "f1"),
  ]

  private var task: String {
    data?.input == nil ? "image-classification" : "tabular-classification"
  }

  private var head: String {
    CardSkeleton.head(
      [
        "pipeline_tag: \(task)", "library_name: steelyard", "tags:", "- \(task)", "- multi-label",
        "- imbalanced-data", "- steelyard",
      ], metrics: Self.metrics.map(\.1), name: name, results: evaluations.flatMap(result))
  }

  private func result(_ evaluation: Evaluation) -> [String] {
    CardSkeleton.result(
      task: task, "Multi-label classification", data: data?.name ?? "data", part: evaluation.part,
      metrics: Self.metrics.flatMap { key, type -> [String] in
        evaluation.found[key].map {
          CardSkeleton.metric(type, key, $0, [("average", "macro")])
        } ?? []
      })
  }

  private func summary(_ version: String) -> String {
    let labels = data?.classes.count ?? evaluations.first?.found.labels.count ?? 0
    return
      "A model that says of each of \(labels) labels whether an example has it; probabilities of"
      + " labels need not sum to 1. Trained by Steelyard \(MarkdownText.escaped(version)) with the method"
      + " \(MarkdownText.escaped(config["method"] ?? "unknown"))."
  }

  private var dataText: String {
    guard let data else { return "## Data\n\nWhat it was trained on is not recorded." }
    let parts = data.parts
    let table = MarkdownText.table(
      ["label"] + parts,
      data.classes.enumerated().map { label, name in
        [MarkdownText.escaped(name)] + parts.map { "\(data.counts(of: $0)[label])" }
      })
    return "## Data\n\nExamples that have each label; one may have several, or none.\n\n" + table
  }

  private func section(_ evaluation: Evaluation) -> String {
    let found = evaluation.found
    let over = LabelAssessment.names.filter { found[$0] != nil }.map { key -> [String] in
      let range = found.intervals[key].map { Figures.range($0.low, $0.high) } ?? ""
      return ["`\(key)`", Figures.fixed(found[key]), range]
    }
    let each = found.perLabel.map { row in
      [
        MarkdownText.escaped(row.name), "\(row.known)", "\(row.positives)",
        Figures.fixed(row.averagePrecision), Figures.fixed(row.rocAUC),
        Figures.fixed(row.threshold), Figures.fixed(row.storedF1),
      ]
    }
    return "## Results on \(MarkdownText.escaped(evaluation.part)), \(found.n) examples\n\n"
      + MarkdownText.table(["metric", "value", "interval"], over) + "\n\n"
      + MarkdownText.table(
        ["label", "known", "has it", "average precision", "AUROC", "threshold", "F1 there"], each)
  }

  private var limits: String {
    "## Limits\n\nA label of which few examples were learned from has wide intervals above. What the model says of data"
      + " unlike these is not known."
  }

  private var usage: String {
    "## How to use\n\n```console\n$ steelyard predict . IMAGES\n```\n\nA column `prob_<label>` for each label, and in"
      + " `y_pred` the labels from their thresholds on."
  }
}
