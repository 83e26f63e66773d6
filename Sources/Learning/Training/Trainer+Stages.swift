import Batches
import Files
import Inference
import Networks
import Plans
import Randomness
import Requirements
import Runs
import Sampling
import Sessions
import Torch
import Weights

extension Trainer {
  /// Turns to the stage that the current epoch belongs to, where that is another one: the weights that the
  /// stage before chose, its closing edits, the opening edits of the next.
  ///
  /// A run that is killed before the save at the end takes all of it up again from the last epoch of the
  /// stage before, and draws the same.
  func enterStageIfDue() throws {
    let index = timeline.index(at: state.epoch)
    guard state.stage != index else { return }
    if state.stage >= 0 { try leaveStage() }
    let stage = timeline.stage(at: state.epoch)
    try apply(stage.opening, of: index, "opening")
    state.enter(
      stage: index, plateau: stage.rate == .continues ? state.plateau : plan.schedule.plateau)
    session.enter(stage, for: data.counts)
    if index > 0 { try save() }
  }

  /// Goes back to the epoch that the stage chose, and applies its closing edits.
  func leaveStage() throws {
    guard state.stage >= 0 else { return }
    if let directory {
      try network.load(Safetensors.read(directory.best(ofStage: state.stage, timeline)).tensors)
    } else if let bestWeights {
      try network.load(bestWeights)
    }
    try apply(timeline.stage(numbered: state.stage).closing, of: state.stage, "closing")
  }

  private func apply(_ edits: [any NetworkEdit], of stage: Int, _ when: String) throws {
    for (number, edit) in edits.enumerated() {
      let key = key.folding("edit").folding(stage).folding(when).folding(number)
      session.replace(try edit.edited(network, with: tools(of: key, stage: stage)))
    }
  }

  /// What an edit or an objective may look at, with draws of a key.
  ///
  /// - Parameters:
  ///   - key: of all draws.
  ///   - stage: the stage whose edit asks, from 0.
  func tools(of key: RandomKey, stage: Int) -> any EditTools {
    var seeds = key.source
    return TrainerTools(
      trainer: self, generator: Generator(seed: seeds.next()), classes: data.counts, stage: stage)
  }

  /// Takes note of what a stage chose, and writes it down.
  fileprivate func note(_ choice: EditChoice, of stage: Int) throws {
    let noted = ChoicesRecord.Choice(
      stage: stage + 1, name: choice.name, value: choice.value, metric: choice.metric,
      score: choice.score)
    var record = state.choices ?? ChoicesRecord()
    record.note(noted)
    state.choices = record
    if let directory { try record.write(to: directory.choices) }
    observer.chose(noted)
  }
}

extension RunDirectory {
  /// Where the weights that a stage chose are: `best.safetensors` of the last stage.
  func best(ofStage index: Int, _ timeline: Timeline) -> String {
    index == timeline.count - 1
      ? best : FilePath.join(checkpoints, "best-stage-\(index + 1).safetensors")
  }
}

/// What an edit in the middle of a run may look at.
private struct TrainerTools: EditTools {
  let trainer: Trainer
  let generator: Generator
  let classes: ClassCounts
  let stage: Int

  var names: [String] { trainer.data.classes }

  func say(_ words: String) { trainer.observer.said(words) }

  func chose(_ choice: EditChoice) throws { try trainer.note(choice, of: stage) }

  func trainingFeatures() throws -> LabelledFeatures { try ofTraining(features) }

  func validationFeatures() throws -> LabelledFeatures? { try ofValidation(features) }

  func trainingErrors() throws -> LabelledFeatures { try ofTraining(errors) }

  func validationErrors() throws -> LabelledFeatures? { try ofValidation(errors) }

  private func ofTraining(_ look: (any InputSource) throws -> Tensor) throws -> LabelledFeatures {
    let plan = trainer.plan
    let source = trainer.data.train.source(
      for: .evaluation, plan.preprocessing.withoutCrops, workers: plan.workers)
    let groups = trainer.data.train.groups
    return LabelledFeatures(
      features: try look(source), labels: trainer.data.labels,
      groups: groups.isEmpty ? nil : groups, labelTable: trainer.data.labelTable,
      numbers: trainer.data.numberTable?.standardized)
  }

  private func ofValidation(
    _ look: (any InputSource) throws -> Tensor
  ) throws -> LabelledFeatures? {
    guard let set = trainer.data.val, let source = trainer.sources.val else { return nil }
    if let table = set.labelTable {
      return LabelledFeatures(features: try look(source), labels: [], labelTable: table)
    }
    if let numbers = set.numbers, let scale = trainer.numberScale {
      return LabelledFeatures(
        features: try look(source), labels: [],
        numbers: numbers.map { ($0 - scale.mean) / scale.scale })
    }
    let labelled = set.labels.indices.filter { set.labels[$0] != nil }
    let all = LabelledFeatures(features: try look(source), labels: set.labels.map { $0 ?? -1 })
    guard labelled.count < set.count else { return all }
    let rows = Tensor(labelled.map(Int64.init), shape: [labelled.count])
    return LabelledFeatures(
      features: all.features.indexSelect(dim: 0, rows), labels: labelled.map { all.labels[$0] })
  }

  private func features(of source: any InputSource) throws -> Tensor {
    try trainer.predictor.features(of: source, by: trainer.network, progress: stop)
  }

  private func errors(of source: any InputSource) throws -> Tensor {
    let plan = trainer.plan
    guard let bounds = plan.preprocessing.bounds(on: plan.device) else {
      requirementFailed("EditTools.errors: expected images, got \(plan.preprocessing.kind)")
    }
    return try trainer.predictor.errors(
      of: source, by: trainer.network, bounds: bounds, progress: stop)
  }

  func fitting(_ done: Int, of count: Int) throws { try stop(done) }

  private func stop(_ done: Int) throws {
    if trainer.shouldStop() { try trainer.stopIfAsked() }
  }
}
