public import Batches
public import Torch

/// What a loss may know beside logits and labels: the time, what it remembers, and what the logits were made of.
///
/// A loss that draws does so from a key of ``moment``, and so draws the same when a step is done again.
public struct LossState: Sendable {
  /// When the step happens.
  public var moment: Moment
  /// What the loss asked to have remembered.
  public var memory: Memory
  /// What the heads made the logits of, `[N, F]` of each branch; empty where the objective does not say.
  public var features: [Tensor]

  /// The state of a step.
  ///
  /// - Parameters:
  ///   - moment: when the step happens.
  ///   - memory: what the loss remembers; empty for most.
  ///   - features: what the heads made the logits of, `[N, F]` of each branch.
  public init(
    at moment: Moment = Moment(), remembering memory: Memory = Memory(), features: [Tensor] = []
  ) {
    (self.moment, self.memory, self.features) = (moment, memory, features)
  }
}
