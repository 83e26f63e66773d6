import Batches
import Evaluation
import Files
import Foundation
import Inference
import Networks
import Plans
public import Runs
import Sampling
import Targets
import Torch
import Weights

/// What a finished run came to.
public struct Outcome: Sendable {
  /// The best epoch, from 1.
  public let bestEpoch: Int
  /// What every split that was evaluated with the best weights came to: `val`, `test`.
  public let parts: [String: PartReport]
  /// What every epoch did.
  public let history: [EpochRecord]
}

extension Trainer {
  /// What other programmes read of the model: the trees, and the adapter.
  private func writeForOthers(_ directory: RunDirectory) throws {
    if let trees = network.heads.first as? TreesHead {
      try AtomicFile.write(trees.bytes, to: directory.trees)
    }
    if let boosters = network.heads.first as? BoostersHead {
      let texts = try boosters.texts()
      for (number, text) in texts.enumerated() {
        guard let text else { continue }
        try AtomicFile.write(text, to: directory.trees(texts.count == 1 ? nil : number + 1))
      }
    }
    guard !network.adapterNames.isEmpty else { return }
    let folder = FilePath.join(directory.path, "adapter")
    try RunDirectory.makeFolder(folder)
    try AdapterFile.write(network, to: folder)
  }

  /// Writes the model, and evaluates every split with the best weights.
  func finish() throws -> Outcome {
    if let directory {
      let own = (network: network, description: description())
      let (whole, said) = plan.backbone?.under(own.network, own.description) ?? own
      try ModelFile.write(whole.stateDict, said, to: directory.model)
      try writeForOthers(directory)
    }
    var parts: [String: PartReport] = [:]
    var band: ConformalBand?
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
        parts[name] = .labels(found)
        guard let directory else { continue }
        try predictions.write(to: directory.predictions(name))
        try JSONFile.write(found, to: directory.metrics(name))
        continue
      }
      if let scale = numberScale {
        var predictions = try predictor.numberPredictions(
          on: set, source: source, by: network, scale, plan.preprocessing, progress: progress)
        if name == "val" { band = try fitBand(on: predictions) }
        // Intervals say nothing of the examples that they were made from.
        if name == "test", let band { predictions = band.applied(to: predictions) }
        let found = NumberAssessment(predictions, settings: nil)
        parts[name] = .numbers(found)
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
      parts[name] = .classes(report)
    }
    return Outcome(bestEpoch: state.bestEpoch, parts: parts, history: state.history)
  }

  /// What the file of the best weights, or of those of another epoch, says of them.
  func description(epoch: Int? = nil) -> ModelDescription {
    var description = ModelDescription(
      architecture: plan.architecture, classes: data.answers,
      trainingCounts: data.numberTable.map { [$0.count] } ?? data.counts.counts,
      preprocessing: plan.preprocessing, method: type(of: plan.method).name,
      epoch: epoch ?? state.bestEpoch, form: network.form)
    description.number = numberScale
    description.columns = plan.columns
    description.text = plan.text
    return description
  }

  /// How the network's output becomes the number, where that is the target.
  var numberScale: NumberScale? {
    data.numberTable.map { NumberScale(mean: $0.mean, scale: $0.scale) }
  }

  /// The prediction intervals of validation's errors, stored with the model; `nil` where there are too few.
  private func fitBand(on predictions: NumberPredictions) throws -> ConformalBand? {
    let band = ConformalBand(on: predictions)
    if let directory { try ModelFile.store(band: band, in: directory.model) }
    if band == nil {
      observer.said(
        "intervals: \(predictions.count) validation examples are too few for prediction intervals of \(ConformalBand.standardLevel)"
      )
    }
    return band
  }
}
