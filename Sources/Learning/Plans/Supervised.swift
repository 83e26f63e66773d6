public import Batches
public import Losses
public import Mixing
import Networks
import Randomness
public import Sampling
import Torch

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

  /// Where the mixing does.
  public var needsPixels: Bool { mixing.needsPixels }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// One term, `loss`, of the mixed batch.
  ///
  /// - Precondition: as many batches as `streams`, of equal shape.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let batch = mixed(batches, at: moment)
    let rows = values(model(batch.inputs).logits, batch.target, at: moment, &memory)
    return Terms([Terms.Term("loss", rows)], of: batch)
  }

  /// The one batch of the streams.
  func mixed(_ batches: [Batch], at moment: Moment) -> Batch {
    var source = moment.key("mix").source
    return mixing(batches, using: &source)
  }

  /// The loss of its logits.
  func values(
    _ logits: Tensor, _ target: Target, at moment: Moment, _ memory: inout Memory
  ) -> RowValues {
    loss.observe(target, remembering: &memory)
    return loss(logits, target, LossState(at: moment, remembering: memory))
  }
}
