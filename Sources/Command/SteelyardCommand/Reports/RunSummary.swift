import Console
import Datasets
import Evaluation
import Files
import Runs
import Training

/// What `train` prints when it is done.
struct RunSummary: Codable {
  /// The run directory.
  var run: String
  /// The epoch whose weights were kept, from 1.
  var bestEpoch: Int
  var epochs: Int
  /// Metrics with those weights, by part of the data.
  var metrics: [String: MetricsReport]
  /// Whether images or groups stand in two parts of the split, which makes the numbers flatter.
  var hasLeakage: Bool

  /// What the examples are.
  var input: InputKind

  private enum CodingKeys: String, CodingKey {
    case run, epochs, metrics, input
    case bestEpoch = "best_epoch"
    case hasLeakage = "has_leakage"
  }

  init(_ result: TrainRun.Result) {
    run = result.directory.path
    bestEpoch = result.outcome.bestEpoch
    epochs = result.outcome.history.count
    metrics = result.outcome.reports
    input = result.input
    hasLeakage = !result.data.leakage.isClean
  }

  static let warning = """

    Careful: the parts of the split share examples or groups (--allow-leakage), see data.json;
    these numbers may flatter.

    """

  /// The table of the test part, or of validation where there is no test.
  func text(style: Style) -> String {
    let part = metrics["test"] == nil ? "val" : "test"
    let table = metrics[part].map { ReportText.text($0, style: style) } ?? ""
    let model = FilePath.join(run, "model.safetensors")
    return """
      \(part), weights of epoch \(bestEpoch) of \(epochs):

      \(table)\(hasLeakage ? Self.warning : "")
      model: \(model)
      next:  \(style("steelyard predict \(run) \(input.plural.uppercased())", .cyan))

      """
  }
}
