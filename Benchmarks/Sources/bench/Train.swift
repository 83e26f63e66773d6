import Batches
import Evaluation
import Foundation
import Imaging
import Inference
import Methods
import Networks
import Optimizers
import Plans
import Schedules
import Torch
import Training

/// The trainer itself, as `steelyard train` calls it, with plain cross-entropy and SGD; it writes
/// nothing, and keeps decoded images in as much memory as the command does unless told.
func trainingRate(_ network: String, _ work: Work) throws -> Double {
  let labelled = try work.images()
  let data = try TrainingData(
    classes: labelled.classes.names, train: ExampleSet(labelled), val: nil, test: nil)
  let clock = StepClock(of: work)
  let stepsPerEpoch = max(1, labelled.count / work.batch)
  let plan = try plan(network, work, epochs: (work.warmup + work.steps) / stepsPerEpoch + 1)
  if work.options.measuresThreads, let trial = try ThreadTrial(plan) {
    Engine.threads = trial.fastest
  }
  let trainer = try Trainer(
    plan, data: data, directory: nil, observer: clock, shouldStop: { clock.isDone })
  do {
    _ = try trainer.run()
  } catch TrainingError.interrupted {
    return work.rate(clock.ends)
  }
  return work.rate(clock.ends)
}

private func plan(_ network: String, _ work: Work, epochs: Int) throws -> TrainingPlan {
  let architecture = try Architectures.named(network)
  var plan = TrainingPlan(
    architecture: architecture.name, method: ERM(), epochs: epochs, batchSize: work.batch,
    accumulation: 1,
    optimizer: OptimizerSettings(kind: .sgd, momentum: 0.9, nesterov: false, weightDecay: 0),
    learningRate: 0.01, schedule: .planned(Constant()), clipNorm: nil, averageDecay: nil,
    selection: .mcc, patience: nil, seed: 0,
    preprocessing: Preprocessing(
      size: ImageSize(work.size), preset: work.options.preset,
      normalization: Normalization(mean: architecture.mean, std: architecture.std)),
    workers: work.options.workers, cacheBytes: 1024 << 20, device: work.options.device,
    autocast: work.autocast, checkpointSteps: nil, checkpointSeconds: .infinity, tensorBoard: false)
  plan.augmentation = work.options.augmentation
  return plan
}

/// When each step ended, at both ends of what counts also on the device; and asks to stop after so many.
private final class StepClock: TrainingObserver {
  private(set) var ends: [ContinuousClock.Instant] = []
  private let work: Work

  init(of work: Work) { self.work = work }

  var isDone: Bool { ends.count >= work.warmup + work.steps }

  func stepEnded(_ step: Int, of steps: Int, loss: Double, seconds: Double) {
    if [work.warmup, work.warmup + work.steps].contains(ends.count + 1) { work.settle() }
    ends.append(.now)
  }

  func said(_ words: String) { FileHandle.standardError.write(Data((words + "\n").utf8)) }
}
