public import Batches
public import Sampling
public import Torch

/// What one training step minimises.
///
/// Pure: whatever is remembered between steps is `Memory`, which the trainer keeps, saves in
/// checkpoints and hands back; `RunningObjective` does that for an objective of any type.
public protocol Objective: Sendable {
  /// What is remembered between steps; `NoMemory` for most.
  associatedtype Memory: Codable & Sendable

  /// How many streams it joins; at least 1.
  var streams: Int { get }

  /// Expected weight of each stream in the labels, `[streams]`; sums to 1.
  var expectedWeights: [Double] { get }

  /// What is remembered before the first step.
  ///
  /// - Parameter classes: counts of the training set.
  func memory(for classes: ClassCounts) -> Memory

  /// One step: batches through the network, to named losses.
  ///
  /// - Parameters:
  ///   - batches: one batch of each stream, inputs `[N, 3, H, W]`.
  ///   - network: inputs `[N, 3, H, W]` to logits `[N, C]`.
  ///   - memory: what was remembered; updated.
  ///   - generator: where the randomness comes from.
  /// - Returns: losses, one value per row, `[N]`.
  /// - Precondition: as many batches as `streams`, of equal shape.
  func terms(
    _ batches: [Batch], through network: (Tensor) -> Tensor, remembering memory: inout Memory,
    using generator: inout some RandomNumberGenerator
  ) -> Terms
}

/// Nothing to remember.
public struct NoMemory: Codable, Sendable, Equatable {
  /// Makes an empty memory.
  public init() {}
}
