import Decisions
import Evaluation
import Runs
import Uncertainty

/// Results of one part in a model card.
struct CardResults {
  let part: EvaluationPart

  var text: String {
    """
    ## Results on \(MarkdownText.escaped(part.split))

    \(Figures.count(part.metrics.n)) images. \(level) intervals; “\(Figures.undefined)” is undefined, and below \
    \(SmallSample.threshold) images a rate is a count.\(positive)

    \(MarkdownText.table(["metric", "value", "interval", "classes"], metrics))

    \(MarkdownText.table(["class", "train", "n", "right", "recall", "interval", "precision", "F1", "AUROC", "AUPRC"], classes))
    """
  }

  private var positive: String {
    part.metrics.positiveText.map {
      " Positive class: \(MarkdownText.escaped($0)); AUROC and average precision over all are those of this class."
    } ?? ""
  }

  /// Without an assessment there are rates alone, whose intervals are Wilson's.
  private var level: String {
    Figures.level(part.judgement.assessment?.resampling.level ?? 0.95)
  }

  private static let keys =
    HeaderSection.leading + ["log_loss", "recall_many", "recall_medium", "recall_few"]

  private var metrics: [[String]] {
    Self.keys.filter { part.metrics[$0] != nil }.map { key in
      let estimate = part.estimate(key)
      return [
        "`\(key)`", Figures.fixed(estimate.value), range(estimate),
        estimate.classes.map { "\($0.averaged) of \($0.all)" } ?? "",
      ]
    }
  }

  private var classes: [[String]] {
    part.metrics.perClass.indices.map { index in
      let row = part.metrics.perClass[index]
      let recall = Rate(row.correct, of: row.support)
      let precision = Rate(row.correct, of: row.predicted)
      return [
        MarkdownText.escaped(row.name), row.training.map(Figures.count) ?? Figures.undefined,
        Figures.count(row.support), Figures.count(row.correct), recall.text,
        range(part.estimate(.recall, of: index)),
        precision.text, Figures.fixed(row.f1), Figures.fixed(row.rocAUC),
        Figures.fixed(row.averagePrecision),
      ]
    }
  }

  private func range(_ estimate: Estimate) -> String {
    guard let low = estimate.low, let high = estimate.high else { return Figures.undefined }
    return Figures.range(low, high, 2)
  }
}
