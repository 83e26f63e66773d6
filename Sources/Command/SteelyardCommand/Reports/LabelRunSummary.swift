import Console
import Datasets
import Files
import Inference
import Reports
import Runs
import Targets
import Training

/// What `train` prints when it is done, where examples may have several labels.
struct LabelRunSummary: Encodable {
  /// The run directory.
  let run: String
  /// The epoch whose weights were kept, from 1.
  let bestEpoch: Int
  let epochs: Int
  /// Metrics with those weights, by part of the data.
  let metrics: [String: LabelAssessment]
  /// From this probability on each label is said to be there; absent without a validation part.
  let thresholds: [String: Double]?
  /// Whether images or groups stand in two parts of the split, which makes the numbers flatter.
  let hasLeakage: Bool
  /// What the examples are.
  let input: InputKind

  private enum CodingKeys: String, CodingKey {
    case run, epochs, metrics, thresholds, input
    case bestEpoch = "best_epoch"
    case hasLeakage = "has_leakage"
  }

  init(_ result: TrainRun.Result) throws {
    run = result.directory.path
    bestEpoch = result.outcome.bestEpoch
    epochs = result.outcome.history.count
    metrics = result.outcome.labelReports
    thresholds = try ModelFile.labelRule(of: result.directory.model).map { rule in
      Dictionary(uniqueKeysWithValues: rule.parts.map { ($0.label, $0.threshold) })
    }
    hasLeakage = !result.data.leakage.isClean
    input = result.input
  }

  /// The table of the test part, or of validation where there is no test.
  func text(style: Style) -> String {
    let part = metrics["test"] == nil ? "val" : "test"
    let table = metrics[part].map { TargetText.text(TargetSheet($0), style: style) } ?? ""
    return """
      \(part), weights of epoch \(bestEpoch) of \(epochs):

      \(table)\(hasLeakage ? RunSummary.warning : "")
      model: \(FilePath.join(run, "model.safetensors"))
      next:  \(style("steelyard predict \(run) \(input.plural.uppercased())", .cyan))

      """
  }
}
