import Datasets
import Files
import Runs
import Targets
import Uncertainty

extension NumberRunFacts {
  /// The model card: `README.md` with the head that Hugging Face reads, and the line below which people write.
  ///
  /// - Parameter version: Version of Steelyard to name.
  public func card(version: String) -> String {
    CardSkeleton.text(
      head: head, name: name,
      [summary(version), dataText] + evaluations.map(section) + [limits, usage])
  }

  /// Metrics of the head: our name, Hugging Face's type.
  private static let metrics = [("mae", "mae"), ("r2", "r_squared"), ("pearson", "pearsonr")]

  private var task: String { data?.input == nil ? "image-regression" : "tabular-regression" }

  private var head: String {
    CardSkeleton.head(
      [
        "library_name: steelyard", "tags:", "- \(task)", "- regression", "- imbalanced-data",
        "- steelyard",
      ], metrics: Self.metrics.map(\.1), name: name, results: evaluations.flatMap(result))
  }

  private func result(_ evaluation: Evaluation) -> [String] {
    CardSkeleton.result(
      task: task, "Regression", data: data?.name ?? "data", part: evaluation.part,
      metrics: Self.metrics.flatMap { key, type -> [String] in
        evaluation.found[key].map { CardSkeleton.metric(type, key, $0) } ?? []
      })
  }

  private func summary(_ version: String) -> String {
    let target = data?.classes.first.map { " \(MarkdownText.escaped($0))" } ?? ""
    return
      "A model that says a number of an example,\(target). Trained by Steelyard \(MarkdownText.escaped(version)) with"
      + " the method \(MarkdownText.escaped(config["method"] ?? "unknown"))."
  }

  private var dataText: String {
    guard let data else { return "## Data\n\nWhat it was trained on is not recorded." }
    let rows = data.parts.map { part in
      [part, Figures.count(data.counts(of: part).reduce(0, +))]
    }
    return "## Data\n\n" + MarkdownText.table(["part", "examples"], rows)
  }

  private func section(_ evaluation: Evaluation) -> String {
    let found = evaluation.found
    let over = NumberAssessment.names.filter { found[$0] != nil }.map { key -> [String] in
      let range = found.intervals[key].map { Figures.range($0.low, $0.high) } ?? ""
      return ["`\(key)`", Figures.fixed(found[key]), range]
    }
    let bins = found.bins.map { bin in
      [
        "\(Figures.short(bin.low)) to \(Figures.short(bin.high))", Figures.count(bin.n),
        Figures.fixed(bin.mae), Figures.fixed(bin.bias),
      ]
    }
    return "## Results on \(MarkdownText.escaped(evaluation.part)), \(found.n) examples\n\n"
      + MarkdownText.table(["metric", "value", "interval"], over) + "\n\n"
      + MarkdownText.table(["truth", "n", "MAE", "bias"], bins)
  }

  private var limits: String {
    "## Limits\n\nRanges of which few examples were learned from have large errors above. Prediction intervals are equally wide"
      + " everywhere and hold the truth as often as stated over examples like those of validation, not in each range. What the"
      + " model says of data unlike these is not known."
  }

  private var usage: String {
    "## How to use\n\n```console\n$ steelyard predict . DATA\n```\n\nThe number stands in `y_pred`, the ends of its"
      + " prediction interval in `lower` and `upper`."
  }
}
