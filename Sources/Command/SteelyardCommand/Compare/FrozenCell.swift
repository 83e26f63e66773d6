import Evaluation
import Files
import Foundation
import Inference
import Networks
import Runs
import Sampling
import Training

/// A head on frozen features of the weights that the trained cells begin from: the run directory that its method would
/// leave, with a model that predicts, made without a step.
struct FrozenCell: CellWork {
  /// What options cells have, and where they go.
  let trained: TrainedCell

  /// A cell that was stopped begins anew: it is one pass over the images.
  func fill(_ cell: CellRecord, _ choice: MethodChoice) throws {
    let folder = trained.directory.run(cell.name)
    if FilePath.isFolder(folder) { try FileManager.default.removeItem(atPath: folder) }
    guard let head = FrozenBaseline.Head.all.first(where: { $0.name == choice.name }) else {
      return
    }
    let started = ContinuousClock.now
    let options = trained.options(of: cell, choice, shared: trained.resolved.values.frozenCell)
    let prepared = try PreparedRun(options, note: note)
    let directory = try prepared.makeDirectory()
    note("run directory: \(directory.path)")
    StopSignals.listen()
    do {
      let answers = try FrozenRun(prepared).answers(of: [head], isQuiet: trained.isQuiet) {
        let description = ModelDescription(
          architecture: prepared.plan.architecture, classes: prepared.training.classes,
          trainingCounts: prepared.training.counts.counts,
          preprocessing: prepared.plan.preprocessing.withoutCrops, method: $0.name, epoch: 1,
          form: $1.form)
        try ModelFile.write($1.stateDict, description, to: directory.model)
      }
      for answer in answers { try write(answer, prepared, directory, since: started) }
    } catch is FrozenStopped {
      throw TrainingError.interrupted(run: directory.path, epoch: 1, step: 0)
    }
    try ReportFiles.write(directory, intervals: trained.intervals)
  }

  private func write(
    _ answer: FrozenBaseline.Answer, _ prepared: PreparedRun, _ directory: RunDirectory,
    since started: ContinuousClock.Instant
  ) throws {
    var validation: [String: Double] = [:]
    for (part, predictions) in answer.predictions {
      let report = MetricsReport(predictions, trainingCounts: prepared.training.counts.counts)
      if part == "val" { validation = report.values }
      try predictions.write(to: directory.predictions(part))
      try Judgement.plain(report).write(to: directory.metrics(part))
    }
    let epoch = EpochRecord(
      epoch: 1, trainLoss: 0, learningRate: 0, mixing: nil, drawn: [], validation: validation,
      isBest: true)
    try MetricsLog([.init(record: epoch, seconds: (ContinuousClock.now - started) / .seconds(1))])
      .write(to: directory.metricsLines)
  }

  private func note(_ text: String) {
    if !trained.isQuiet && trained.said.isNew(text) { StandardStreams.note(text) }
  }
}

extension TrainOptions {
  /// The same without what is about training a network: a frozen one has none of it.
  var frozenCell: TrainOptions {
    var result = self
    let network = TrainOptions.network
    let others: [any OptionField] = [
      network.backbone, network.head, network.tune, network.adapter, network.dropPath,
      network.smoothing, network.classWeights, network.classWeightsStart,
      TrainOptions.runDirectory.record,
      TrainOptions.runDirectory.recordEvery,
    ]
    let schedule = TrainOptions.schedule.fields.filter {
      $0.name != TrainOptions.schedule.evalMetric.name
    }
    for field in TrainOptions.optimizer.fields + schedule + others { field.forget(in: &result) }
    return result
  }
}
