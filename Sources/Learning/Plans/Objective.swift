public import Batches
public import Losses
public import Sampling

/// What one training step minimises.
///
/// Pure: whatever is remembered between steps is a ``Memory``, which the session keeps, saves and hands
/// back.
public protocol Objective: Sendable {
  /// How many streams it joins; at least 1.
  var streams: Int { get }

  /// Expected weight of each stream in the labels over a stage, `[streams]`; sums to 1.
  var expectedWeights: [Double] { get }

  /// Expected weight of each stream in the labels at a time; that of the whole stage for most.
  ///
  /// - Parameter progress: part of the stage that is over, in `0...1`.
  /// - Returns: `[streams]`; sums to 1.
  func expectedWeights(at progress: Double) -> [Double]

  /// What is remembered before the first step; empty for most.
  ///
  /// - Parameter classes: counts of the training set.
  func memory(for classes: ClassCounts) -> Memory

  /// One step: batches through the network, to named losses.
  ///
  /// - Parameters:
  ///   - batches: one batch of each stream, inputs `[N, 3, H, W]`.
  ///   - model: what may be done with the network.
  ///   - moment: when the step happens; all draws come from its keys.
  ///   - memory: what was remembered; updated.
  /// - Returns: losses, one value per row, `[N]`.
  /// - Precondition: as many batches as `streams`, of equal shape.
  func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms
}

extension Objective {
  /// The same at all times.
  public func expectedWeights(at progress: Double) -> [Double] { expectedWeights }

  /// Nothing.
  public func memory(for classes: ClassCounts) -> Memory { Memory() }
}
