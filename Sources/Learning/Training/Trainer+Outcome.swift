import Batches
public import Evaluation
import Files
import Foundation
import Inference
import Networks
import Plans
public import Runs
import Sampling
public import Targets
import Torch
import Weights

/// What a finished run came to.
public struct Outcome: Sendable {
  /// The best epoch, from 1.
  public let bestEpoch: Int
  /// Metrics of every split that was evaluated with the best weights: `val`, `test`; empty of several labels.
  public let reports: [String: MetricsReport]
  /// The same of several labels, without intervals; empty of classes.
  public let labelReports: [String: LabelAssessment]
  /// What every epoch did.
  public let history: [EpochRecord]
}

extension Trainer {
  /// Writes the model, and evaluates every split with the best weights.
  func finish() throws -> Outcome {
    if let directory {
      let own = (network: network, description: description())
      let (whole, said) = plan.backbone?.under(own.network, own.description) ?? own
      try ModelFile.write(whole.stateDict, said, to: directory.model)
      if !network.adapterNames.isEmpty {
        let folder = FilePath.join(directory.path, "adapter")
        try RunDirectory.makeFolder(folder)
        try AdapterFile.write(network, to: folder)
      }
    }
    var reports: [String: MetricsReport] = [:]
    var labelReports: [String: LabelAssessment] = [:]
    for (name, set) in [("val", data.val), ("test", data.test)] {
      guard let set, set.count > 0 else { continue }
      func progress(_ done: Int) throws {
        observer.evaluating(name, done: done, of: set.count)
        if shouldStop() { throw interruption }  // nothing to save: training is over
      }
      let source = name == "val" ? sources.val : nil
      if data.labelTable != nil {
        let predictions = try predictor.labelPredictions(
          on: set, source: source, by: network, labels: data.classes, plan.preprocessing,
          progress: progress)
        let found = assessed(predictions)
        labelReports[name] = found
        guard let directory else { continue }
        try predictions.write(to: directory.predictions(name))
        try JSONFile.write(found, to: directory.metrics(name))
        continue
      }
      var predictions = try predictor.predictions(
        on: set, source: source, by: network, classes: data.classes, plan.preprocessing,
        progress: progress)
      predictions.areOrdered = plan.areClassesOrdered
      if let words = predictions.straightenedWords { observer.said("\(name): \(words)") }
      let report = MetricsReport(predictions, trainingCounts: data.counts.counts)
      if let directory {
        try predictions.write(to: directory.predictions(name))
        try Judgement.plain(report).write(to: directory.metrics(name))
        try UncertaintyRecord(predictions)?.write(to: directory.uncertainty(name))
      }
      reports[name] = report
    }
    return Outcome(
      bestEpoch: state.bestEpoch, reports: reports, labelReports: labelReports,
      history: state.history)
  }

  /// What the file of the best weights, or of those of another epoch, says of them.
  func description(epoch: Int? = nil) -> ModelDescription {
    ModelDescription(
      architecture: plan.architecture, classes: data.classes, trainingCounts: data.counts.counts,
      preprocessing: plan.preprocessing, method: type(of: plan.method).name,
      epoch: epoch ?? state.bestEpoch, form: network.form)
  }
}
