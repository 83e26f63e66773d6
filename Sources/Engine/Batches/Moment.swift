public import Randomness

/// When something happens in a run: all that a loss, a mixing or an objective may know of time.
public struct Moment: Sendable, Equatable {
  /// Number of the stage, from 0.
  public var stage: Int
  /// Number of the epoch in the run, from 0.
  public var epoch: Int
  /// Number of the epoch in its stage, from 0.
  public var stageEpoch: Int
  /// Number of the step in the epoch, from 0.
  public var step: Int
  /// 0 in the first epoch of the stage and 1 in its last: e / (E − 1) of E epochs.
  public var progress: Double
  /// Part of the stage's epochs that is over, in `0..<1`: e / E of E epochs.
  public var elapsed: Double
  private let root: RandomKey

  /// A moment of a run.
  ///
  /// - Parameters:
  ///   - stage: number of the stage, from 0.
  ///   - epoch: number of the epoch in the run, from 0.
  ///   - stageEpoch: number of the epoch in its stage, from 0; `nil` is that in the run.
  ///   - step: number of the step in the epoch, from 0.
  ///   - progress: e / (E − 1), in `0...1`.
  ///   - elapsed: e / E, in `0..<1`.
  ///   - key: the run's key.
  public init(
    stage: Int = 0, epoch: Int = 0, stageEpoch: Int? = nil, step: Int = 0, progress: Double = 0,
    elapsed: Double = 0,
    key: RandomKey = RandomKey(seed: 0)
  ) {
    (self.stage, self.epoch, self.step) = (stage, epoch, step)
    self.stageEpoch = stageEpoch ?? epoch
    (self.progress, self.elapsed) = (progress, elapsed)
    root = key
  }

  /// The key of this step's draws for a purpose, such as `"mix"`: asked again, it gives the same draws
  /// again, so a second pass of the step repeats the first.
  public func key(_ purpose: String) -> RandomKey {
    root.folding(purpose).folding(epoch).folding(step)
  }
}
