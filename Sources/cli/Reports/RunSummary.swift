import Console
import Evaluation
import Files
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

  private enum CodingKeys: String, CodingKey {
    case run, epochs, metrics
    case bestEpoch = "best_epoch"
  }

  init(_ result: TrainRun.Result) {
    run = result.directory.path
    bestEpoch = result.outcome.bestEpoch
    epochs = result.outcome.history.count
    metrics = result.outcome.reports
  }

  /// The table of the test part, or of validation where there is no test.
  func text(style: Style) -> String {
    let part = metrics["test"] == nil ? "val" : "test"
    let table = metrics[part].map { ReportText.text($0, style: style) } ?? ""
    let model = FilePath.join(run, "model.safetensors")
    return """
      \(part), weights of epoch \(bestEpoch) of \(epochs):

      \(table)
      model: \(model)
      next:  \(style("steelyard predict \(run) IMAGES", .cyan))

      """
  }
}
