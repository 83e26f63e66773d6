import Evaluation
import Optimizers

/// What a checkpoint is, for a person: the `.json` beside each `.safetensors`.
///
/// Resuming reads the state inside the `.safetensors` alone, so that one rename replaces all of it.
struct CheckpointNote: Codable, Equatable {
  /// Epochs done.
  var epochs: Int
  /// Steps done of the next epoch.
  var step: Int
  /// Updates of the weights in all.
  var updates: Int
  /// The best epoch so far, from 1; 0 before the first.
  var bestEpoch: Int
  /// Name of the metric that decides which epoch is best.
  var metric: String
  /// Its value at the best epoch; `nil` where undefined or nothing was validated.
  var best: Double?
  /// Name of the optimiser.
  var optimizer: String
  /// Learning rate before the schedule.
  var learningRate: Double
  /// Seed that, with the numbers above, gives every sampler, augmentation and mixing draw.
  var seed: UInt64

  init(_ state: TrainingState, _ plan: TrainingPlan) {
    (epochs, step, updates) = (state.epoch, state.step, state.updates)
    (bestEpoch, metric, best) = (state.bestEpoch, plan.selection.rawValue, state.best)
    (optimizer, learningRate) = (plan.optimizer.kind.rawValue, plan.learningRate)
    seed = plan.seed
  }
}
