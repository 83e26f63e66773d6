public import Batches

/// What a loss may know beside logits and labels: the time, and what it remembers.
public struct LossState: Sendable {
  /// When the step happens.
  public var moment: Moment
  /// What the loss asked to have remembered.
  public var memory: Memory

  /// The state of a step.
  ///
  /// - Parameters:
  ///   - moment: when the step happens.
  ///   - memory: what the loss remembers; empty for most.
  public init(at moment: Moment = Moment(), remembering memory: Memory = Memory()) {
    (self.moment, self.memory) = (moment, memory)
  }
}
