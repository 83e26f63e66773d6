/// What a checkpoint is, for a person: the `.json` beside each `.safetensors`.
///
/// Resuming reads the state inside the `.safetensors` alone, so that one rename replaces all of it.
public struct CheckpointNote: VersionedJSON, Equatable {
  /// Epochs done.
  public var epochs: Int
  /// Steps done of the next epoch.
  public var step: Int
  /// Updates of the weights in all.
  public var updates: Int
  /// The best epoch of the stage so far, from 1; 0 before the stage's first has ended.
  public var bestEpoch: Int
  /// Name of the metric that decides which epoch is best.
  public var metric: String
  /// Its value at the best epoch; `nil` where undefined or nothing was validated.
  public var best: Double?
  /// Name of the optimiser.
  public var optimizer: String
  /// Learning rate before the schedule.
  public var learningRate: Double
  /// Seed that, with the numbers above, gives every sampler, augmentation and mixing draw.
  public var seed: UInt64

  /// A note of its parts.
  public init(
    epochs: Int, step: Int, updates: Int, bestEpoch: Int, metric: String, best: Double?,
    optimizer: String, learningRate: Double, seed: UInt64
  ) {
    (self.epochs, self.step, self.updates) = (epochs, step, updates)
    (self.bestEpoch, self.metric, self.best) = (bestEpoch, metric, best)
    (self.optimizer, self.learningRate, self.seed) = (optimizer, learningRate, seed)
  }
}
