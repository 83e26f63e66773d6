public import Batches
import Requirements
public import Sampling
public import Torch

/// A loss with given weights of the classes, on top of its own: w_y v_y ℓ, a mean over what the weights come to.
public struct WeightedLoss: Loss {
  /// What is weighted.
  public var loss: any Loss
  /// v, `[C]`, above 0.
  public var weights: [Double]

  /// - Parameters:
  ///   - loss: what is weighted; it takes weights of classes.
  ///   - weights: v, `[C]`, above 0.
  /// - Precondition: both as described.
  public init(_ loss: any Loss, weights: [Double]) {
    require(
      loss.takesClassWeights && weights.allSatisfy { $0 > 0 && $0.isFinite },
      "WeightedLoss: expected weights above 0 of a loss that takes them, got \(weights) of "
        + "\(type(of: loss))")
    (self.loss, self.weights) = (loss, weights)
  }

  /// The loss's.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    loss.perExample(logits, labels, state)
  }

  /// The loss's.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    loss.mixed(logits, target, state)
  }

  /// The loss's own weights times v.
  public func classWeights(at moment: Moment) -> [Double]? {
    guard let own = loss.classWeights(at: moment) else { return weights }
    return zip(own, weights).map { $0 * $1 }
  }

  /// The loss's.
  public var logitOffsets: [Double]? { loss.logitOffsets }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// The loss's.
  public func observe(_ target: Target, remembering memory: inout Memory) {
    loss.observe(target, remembering: &memory)
  }
}
