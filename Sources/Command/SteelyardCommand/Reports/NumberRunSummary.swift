import Console
import Datasets
import Files
import Inference
import Reports
import Runs
import Targets
import Training

/// What `train` prints when it is done, where the target is a number.
struct NumberRunSummary: Encodable {
  /// The run directory.
  let run: String
  /// The epoch whose weights were kept, from 1.
  let bestEpoch: Int
  let epochs: Int
  /// Metrics with those weights, by part of the data.
  let metrics: [String: NumberAssessment]
  /// The prediction intervals stored with the model; absent without a validation part that is large enough.
  let intervals: ConformalBand?
  /// Whether images or groups stand in two parts of the split, which makes the numbers flatter.
  let hasLeakage: Bool
  /// What the examples are.
  let input: InputKind

  private enum CodingKeys: String, CodingKey {
    case run, epochs, metrics, intervals, input
    case bestEpoch = "best_epoch"
    case hasLeakage = "has_leakage"
  }

  init(_ result: TrainRun.Result) throws {
    run = result.directory.path
    bestEpoch = result.outcome.bestEpoch
    epochs = result.outcome.history.count
    metrics = result.outcome.numberReports
    intervals = try ModelFile.band(of: result.directory.model)
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
