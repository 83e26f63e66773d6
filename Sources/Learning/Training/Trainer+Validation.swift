import Batches
import Evaluation
import Inference
import Plans
import Runs
import Sampling
import Schedules
import Sessions
import Targets
import Torch

extension Trainer {
  /// Validates the epoch, keeps its weights where they are the best, and turns to the next.
  func closeEpoch() throws {
    let steps = stepsPerEpoch
    let rate = rate(steps)
    try readLosses()
    try requireFiniteWeights()
    let found: [String: Double]?
    do {
      found = try validate()
      try noteCollapse()
    } catch is StopRequested {
      try stopIfAsked()  // now that the network has its own weights back
      throw interruption
    }
    let value = found?[plan.selection.reportKey]
    // Without a value to go by, the newest weights are the best.
    let isBest =
      timeline.stage(at: state.epoch).chooses == .last || state.bestEpoch == 0
      || (value == nil && state.best == nil)
      || plan.selection.improves(value, on: state.best)
    if isBest { (state.best, state.bestEpoch) = (value, state.epoch + 1) }
    if found != nil { state.plateau?.observe(value ?? .nan) }
    state.history.append(
      EpochRecord(
        epoch: state.epoch + 1, trainLoss: state.meanLoss, learningRate: rate,
        mixing: state.meanMixing, drawn: state.drawn.drawn(data.classes, expected: expectedMass),
        validation: found ?? [:], isBest: isBest))
    state.turnEpoch(classes: data.classes.count)
    if isBest { try saveBest() }
    try keepEpoch()
    // Patience ends a stage; the next one keeps its place in the plan.
    if isOutOfPatience, state.stage < timeline.count - 1 {
      state.epoch = timeline.start(of: state.stage + 1)
    }
  }

  /// What part of the label mass is expected to fall on each class in the current epoch, `[C]`.
  private var expectedMass: [Double] {
    let (stage, progress) = (
      timeline.stage(at: state.epoch), timeline.progress(at: state.epoch)
    )
    return data.labelTable.map { stage.expectedLabelMass(of: $0, progress: progress) }
      ?? stage.expectedLabelMass(for: data.counts, progress: progress)
  }

  /// The metrics of the validation set with the weights as they are now, by name; `nil` without such a set, and while no
  /// head learns.
  private func validate() throws -> [String: Double]? {
    guard timeline.stage(at: state.epoch).objective.learnsLogits, let set = data.val,
      let source = sources.val
    else { return nil }
    func progress(_ done: Int) throws {
      observer.validating(done, of: set.count)
      if shouldStop() { throw StopRequested() }
    }
    return try session.withAveragedWeights {
      if data.labelTable != nil {
        let predictions = try naming {
          try predictor.labelPredictions(
            on: set, source: source, by: network, labels: data.classes, plan.preprocessing,
            progress: progress)
        }
        return assessed(predictions).values
      }
      if let scale = numberScale {
        let predictions = try naming {
          try predictor.numberPredictions(
            on: set, source: source, by: network, scale, plan.preprocessing, progress: progress)
        }
        return NumberAssessment(predictions, settings: nil).values
      }
      var predictions = try naming {
        try predictor.predictions(
          on: set, source: source, by: network, classes: data.classes, plan.preprocessing,
          progress: progress)
      }
      predictions.areOrdered = plan.areClassesOrdered
      return MetricsReport(predictions, trainingCounts: data.counts.counts).values
    }
  }

  /// The metrics of several labels, without intervals.
  func assessed(_ predictions: LabelPredictions) -> LabelAssessment {
    LabelAssessment(
      predictions, shots: ShotGroups(trainingCounts: data.counts.counts), settings: nil,
      besideBaselines: false)
  }

  /// An answer of the network that is no number is the training's fault, not the data's.
  private func naming<Found>(_ predictions: () throws -> Found) throws -> Found {
    do {
      return try predictions()
    } catch PredictionsError.notAProbability(let file, _, _) {
      throw TrainingError.validation(
        epoch: state.epoch + 1, file: file, lastGood: lastCheckpoint)
    } catch let error as NotANumber {
      throw TrainingError.validation(
        epoch: state.epoch + 1, file: error.path, lastGood: lastCheckpoint)
    }
  }
}

/// Unwinds an evaluation, so that what it had put into the network is taken out before saving.
struct StopRequested: Error {}
