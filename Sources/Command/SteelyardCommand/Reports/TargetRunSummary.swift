import Console
import Datasets
import Files
import Inference
import Reports
import Runs
import Targets
import Training

/// What `train` prints when it is done, where the target is no class.
struct TargetRunSummary<Found: Encodable>: Encodable {
  /// The run directory.
  let run: String
  /// The epoch whose weights were kept, from 1.
  let bestEpoch: Int
  let epochs: Int
  /// Metrics with those weights, by part of the data.
  let metrics: [String: Found]
  /// From this probability on each label is said to be there; absent of numbers, and without a validation part.
  var thresholds: [String: Double]?
  /// The prediction intervals of a number; absent of labels, and without a validation part that is large enough.
  var intervals: ConformalBand?
  /// Whether images or groups stand in two parts of the split, which makes the numbers flatter.
  let hasLeakage: Bool
  /// What the examples are.
  let input: InputKind
  private let sheet: (Found) -> TargetSheet

  private enum CodingKeys: String, CodingKey {
    case run, epochs, metrics, thresholds, intervals, input
    case bestEpoch = "best_epoch"
    case hasLeakage = "has_leakage"
  }

  private init(
    _ result: TrainRun.Result, _ metrics: [String: Found], _ sheet: @escaping (Found) -> TargetSheet
  ) {
    (self.metrics, self.sheet) = (metrics, sheet)
    run = result.directory.path
    bestEpoch = result.outcome.bestEpoch
    epochs = result.outcome.history.count
    hasLeakage = !result.data.leakage.isClean
    input = result.input
  }

  /// The table of the test part, or of validation where there is no test.
  func text(style: Style) -> String {
    let part = metrics["test"] == nil ? "val" : "test"
    let table = metrics[part].map { TargetText.text(sheet($0), style: style) } ?? ""
    return """
      \(part), weights of epoch \(bestEpoch) of \(epochs):

      \(table)\(hasLeakage ? RunSummary.warning : "")
      model: \(FilePath.join(run, "model.safetensors"))
      next:  \(style("steelyard predict \(run) \(input.plural.uppercased())", .cyan))

      """
  }
}

extension TargetRunSummary where Found == LabelAssessment {
  /// Of a run of several labels.
  init(labels result: TrainRun.Result) throws {
    self.init(result, result.outcome.labelReports) { TargetSheet($0) }
    thresholds = try ModelFile.labelRule(of: result.directory.model).map { rule in
      Dictionary(uniqueKeysWithValues: rule.parts.map { ($0.label, $0.threshold) })
    }
  }
}

extension TargetRunSummary where Found == NumberAssessment {
  /// Of a run whose target is a number.
  init(numbers result: TrainRun.Result) throws {
    self.init(result, result.outcome.numberReports) { TargetSheet($0) }
    intervals = try ModelFile.band(of: result.directory.model)
  }
}
