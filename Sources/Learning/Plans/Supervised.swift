public import Batches
public import Losses
public import Mixing
public import Sampling
public import Torch

/// The usual objective: mix, run, compare.
///
///     Supervised(CrossEntropy(), mixing: BalancedMixup(alpha: 0.2))
public struct Supervised: Objective {
  /// How wrong the network is about each row.
  public var loss: any Loss
  /// How the streams become one batch.
  public var mixing: any Mixing

  /// - Parameters:
  ///   - loss: how wrong the network is about each row.
  ///   - mixing: how the streams become one batch.
  public init(_ loss: any Loss = CrossEntropy(), mixing: any Mixing = Unmixed()) {
    (self.loss, self.mixing) = (loss, mixing)
  }

  /// As many as the mixing joins.
  public var streams: Int { mixing.streams }

  /// The mixing's.
  public var expectedWeights: [Double] { mixing.expectedWeights }

  /// Nothing.
  public func memory(for classes: ClassCounts) -> NoMemory { NoMemory() }

  /// One term, `loss`, `[N]`, of the mixed batch.
  ///
  /// - Precondition: as many batches as `streams`, of equal shape.
  public func terms(
    _ batches: [Batch], through network: (Tensor) -> Tensor, remembering memory: inout NoMemory,
    using generator: inout some RandomNumberGenerator
  ) -> Terms {
    let batch = mixing(batches, using: &generator)
    let values = loss(network(batch.inputs), batch.target)
    return Terms([Terms.Term(name: "loss", perExample: values)], of: batch)
  }
}
