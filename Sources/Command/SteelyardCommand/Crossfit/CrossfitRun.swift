import Evaluation
import Files
import Foundation
import Runs
import Training
import Uncertainty

/// Trains the folds of a cross-fit one after the other, and puts together what they say.
///
/// A fold whose model card is written is done; one with a checkpoint is taken up from it; any other begins anew.
struct CrossfitRun {
  let directory: CrossfitDirectory
  /// The options of the cross-fit.
  let resolved: ResolvedOptions
  let isQuiet: Bool
  private let said = SaidOnce()

  init(directory: CrossfitDirectory, resolved: ResolvedOptions, isQuiet: Bool) {
    (self.directory, self.resolved, self.isQuiet) = (directory, resolved, isQuiet)
  }

  /// Trains what is left to train, and writes predictions and metrics.
  ///
  /// - Throws: `CrossfitError`; what training a fold throws.
  func callAsFunction() throws -> CrossfitSummary {
    let table = try FoldTable.read(directory.folds)
    let count = table.count
    for number in 1...count {
      let run = try? RunDirectory(existing: directory.run(ofFold: number))
      if let run, FilePath.isFile(run.readme) {
        note("fold \(number) of \(count) is done")
        continue
      }
      guard StopSignals.pending == nil else {
        throw CrossfitError.stopped(folder: directory.path, fold: number, folds: count)
      }
      note("fold \(number) of \(count)")
      do {
        try train(number, run)
      } catch TrainingError.interrupted {
        throw CrossfitError.stopped(folder: directory.path, fold: number, folds: count)
      }
    }
    return try summary(OutOfFold(directory, table))
  }

  private func train(_ number: Int, _ run: RunDirectory?) throws {
    if let run, FilePath.isFile(run.last) {
      var training = TrainRun(try run.optionsToGoOn(), resuming: run, isQuiet: isQuiet)
      training.said = said
      _ = try training()
      return
    }
    // Stopped before its first checkpoint: there is nothing in it yet that was learned.
    let folder = directory.run(ofFold: number)
    if FilePath.isFolder(folder) { try FileManager.default.removeItem(atPath: folder) }
    var training = TrainRun(options(ofFold: number), isQuiet: isQuiet)
    training.said = said
    _ = try training()
  }

  /// The options of a fold's run: those of the cross-fit with the fold's split, in the cross-fit's folder.
  private func options(ofFold number: Int) -> ResolvedOptions {
    var result = resolved
    result.values.splitFile = directory.split(ofFold: number)
    // The folds have been dealt.
    result.values.strataClusters = nil
    result.values.outputDir = directory.path
    result.values.experiment = directory.name(ofFold: number)
    let group = (TrainOptions.selection, TrainOptions.runDirectory)
    var names = [group.0.splitFile.name, group.1.outputDir.name, group.1.experiment.name]
    if resolved.values.strataClusters != nil {
      names.append(TrainOptions.parts.strataClusters.name)
    }
    for name in names {
      result.origins[name] = .settled(
        asked: "fold \(number) of a cross-fit", resolved.origin(of: name))
    }
    return result
  }

  /// Writes what all folds came to.
  private func summary(_ all: OutOfFold) throws -> CrossfitSummary {
    let runs = try all.runs()
    let (labels, numbers) = (runs.compactMap { LabelRun($0) }, runs.compactMap { NumberRun($0) })
    if labels.count == runs.count { return try summary(all, labels) }
    if numbers.count == runs.count { return try summary(all.numberPredictions(), numbers) }
    return try summary(all.predictions())
  }

  private func summary(_ predictions: Predictions) throws -> CrossfitSummary {
    let judgement = Judgement(predictions, shots: nil, IntervalSettings())
    let record = try FoldsRecord(predictions)
    try predictions.write(to: directory.predictions)
    try judgement.write(to: directory.metrics)
    try record?.write(to: directory.foldMetrics)
    return CrossfitSummary(path: directory.path, pooled: .classes(judgement), folds: record)
  }

  private func note(_ text: String) {
    if !isQuiet { StandardStreams.note(text) }
  }
}
