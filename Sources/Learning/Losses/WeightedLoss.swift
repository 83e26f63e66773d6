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
  /// Part of the stage after which they hold, in `0...1`; v is 1 of every class before.
  public var start: Double

  /// - Parameters:
  ///   - loss: what is weighted; it takes weights of classes.
  ///   - weights: v, `[C]`, above 0.
  ///   - start: part of the stage after which they hold, in `0...1`.
  /// - Precondition: all as described.
  public init(_ loss: any Loss, weights: [Double], start: Double = 0) {
    require(
      loss.takesClassWeights && weights.allSatisfy { $0 > 0 && $0.isFinite }
        && (0...1).contains(start),
      "WeightedLoss: expected weights above 0 of a loss that takes them and a start in 0...1, got \(weights) of "
        + "\(type(of: loss)) and \(start)")
    (self.loss, self.weights, self.start) = (loss, weights, start)
  }

  /// The loss's, `[N]`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    loss.perExample(logits, labels, state)
  }

  /// The loss's, `[N]`.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    loss.mixed(logits, target, state)
  }

  /// The loss's.
  public func denominator(of target: Target, outputs: Int) -> Double {
    loss.denominator(of: target, outputs: outputs)
  }

  /// The loss's.
  public func weightedDenominator(of target: Target, outputs: Int) -> Double {
    loss.weightedDenominator(of: target, outputs: outputs)
  }

  /// The loss's.
  public func classes(of outputs: Int) -> Int { loss.classes(of: outputs) }

  /// The loss's own weights times v, `[C]`, once that holds.
  public func classWeights(at moment: Moment) -> [Double]? {
    let own = loss.classWeights(at: moment)
    // Epoch 160 of 200 is .8 of the stage but for the last digit.
    guard moment.elapsed >= start - 1e-9 else { return own }
    guard let own else { return weights }
    return zip(own, weights).map { $0 * $1 }
  }

  /// The loss's, `[C]`.
  public var logitOffsets: [Double]? { loss.logitOffsets }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// The loss's.
  public func observe(_ target: Target, remembering memory: inout Memory) {
    loss.observe(target, remembering: &memory)
  }
}
