import Console
package import Datasets
import Files
import Foundation
import Inference
import Networks
package import Runs
import Targets
import Torch
package import Training
import Uncertainty
import Weights

/// One run of training, from options to results: what `train` does, and `demo` twice.
package struct TrainRun {
  package var resolved: ResolvedOptions
  /// A run to go on with.
  package var resuming: RunDirectory?
  /// Whether nothing is shown on the way.
  package var isQuiet: Bool
  /// What earlier runs on the same data have said and this one does not say again; `nil` says all.
  var said: SaidOnce?
  /// How the report's intervals are made; `nil` leaves them out.
  var intervals: IntervalSettings? = IntervalSettings()

  /// What came of it.
  package struct Result {
    package var directory: RunDirectory
    package var outcome: Outcome
    package var data: RunData
    /// Name of the method.
    package var method: String
    /// What the model takes: pictures too where it stands on a backbone.
    package var input: InputKind
  }

  package init(_ resolved: ResolvedOptions, resuming: RunDirectory? = nil, isQuiet: Bool = false) {
    (self.resolved, self.resuming, self.isQuiet) = (resolved, resuming, isQuiet)
  }

  /// Trains, evaluates, and writes the run directory.
  /// - Throws: what is wrong with options or data, before any training; `TrainingError` when stopped.
  package func callAsFunction() throws -> Result {
    var claim = try resuming?.claimed()
    // A damaged checkpoint is named at once, not after a look at every image.
    try resuming.map(Trainer.checkSaved(in:))
    var prepared = try PreparedRun(
      resolved, isResumed: resuming != nil, note: note)
    try resuming.map { try prepared.data.check(unchangedSince: $0) }
    // Read before anything is written; a checkpoint holds all that they have become.
    let isBegun = resuming.map { FilePath.isFile($0.last) } ?? false
    let pretrained = isBegun ? nil : try prepared.pretrained()
    StopSignals.listen()
    try prepared.keepImages(note)
    let directory = try resuming ?? prepared.makeDirectory()
    if claim == nil { claim = try directory.claimed() }
    defer { withExtendedLifetime(claim) {} }
    if resuming == nil && FilePath.name(of: directory.path) != FilePath.name(of: prepared.name) {
      let taken = FilePath.join(resolved.values.outputDir, prepared.name)
      note("\(taken) exists and is left alone; this run gets a number")
    }
    note("run directory: \(directory.path)")
    if resuming == nil, let hint = prepared.weightsHint { note(hint) }
    let adapter = isBegun ? nil : try prepared.adapter()
    if let doubt = adapter?.doubt { note(doubt) }
    let observer: any TrainingObserver =
      isQuiet ? SilentObserver() : ProgressObserver(prepared, on: StandardStreams.notes)
    let trainer = try Trainer(
      prepared.plan, data: prepared.training, directory: directory,
      pretrained: pretrained, adapter: adapter,
      resuming: resuming != nil, observer: observer,
      shouldStop: { StopSignals.pending != nil })
    if resuming != nil && trainer.isFinished {
      note(
        "training was finished already, after epoch \(trainer.position.epoch) of"
          + " \(prepared.plan.epochs); only the results are made again")
    }
    tell(trainer, prepared)
    let outcome = try trainer.run()
    try chooseThresholds(directory)
    try chooseJoin(directory, prepared.data.dataset.studyColumn)
    judgeFrozen(prepared, directory)
    try ReportFiles.write(
      directory, intervals: intervals, pictures: RunPictures(of: prepared.data.dataset))
    return Result(
      directory: directory, outcome: outcome, data: prepared.data,
      method: resolved.values.method,
      input: prepared.plan.backbone == nil ? prepared.data.dataset.inputKind : .images)
  }

  /// What was loaded, and what of it learns.
  private func tell(_ trainer: Trainer, _ prepared: PreparedRun) {
    if let report = trainer.adapterReport {
      note(
        "adapter: \(report.loaded.count) tensors taken over, the last layer "
          + (report.hasHead ? "with them" : "begins anew"))
    }
    if prepared.plan.whatLearns != .all {
      let (count, all) = trainer.learns
      note(
        "tune \(prepared.plan.whatLearns): \(Format.count(count)) of \(Format.count(all)) numbers learn, the"
          + " others keep their values")
    }
    if let report = trainer.loadReport {
      prepared.describePretrained(report).forEach(note)
      prepared.plan.preprocessing.images.map(WeightsText.line).map(note)
    }
  }

  /// Where examples may have several labels, the model gets a threshold for each.
  private func chooseThresholds(_ directory: RunDirectory) throws {
    guard let labels = LabelRun(directory), let rule = try labels.chosen() else { return }
    try labels.store(rule)
    note(
      "thresholds: those of the best F1 on validation are stored with the model; steelyard decide chooses others"
    )
  }

  /// Where images are views of studies, the run keeps how they are joined.
  private func chooseJoin(_ directory: RunDirectory, _ column: String?) throws {
    guard let column, let labels = LabelRun(directory) else { return }
    do {
      try labels.store(labels.join(column, resolved.values.studyJoin))
    } catch let error as StudyJoinError {
      // Whatever validation lacks, the run is there all the same.
      note("\(error); they are joined by mean")
      try labels.store(ChosenJoin(column, .mean))
    }
  }

  /// The frozen baseline of a run that began from weights. Whatever becomes of it, the run is there all the same.
  private func judgeFrozen(_ prepared: PreparedRun, _ directory: RunDirectory) {
    let frozen = FrozenRun(prepared)
    if let obstacle = frozen.obstacle { note(obstacle) }
    do {
      try frozen.write(to: directory, isQuiet: isQuiet).forEach(note)
    } catch is FrozenStopped {
      note("frozen baseline: stopped; steelyard train --resume \(directory.path) makes it")
    } catch {
      note("frozen baseline: left out: \(error)")
    }
  }

  private func note(_ text: String) {
    if !isQuiet && said?.isNew(text) ?? true { StandardStreams.note(text) }
  }
}
