import Batches
import Requirements
public import Torch

/// A loss of several labels in which it counts more or less that a label is there:
/// w⁺_l y ℓ(z, 1) + w⁻_l (1 − y) ℓ(z, 0).
///
/// The mean stays one over known entries, as `torch.nn.BCEWithLogitsLoss(weight=…, pos_weight=…)` has it.
public struct WeightedEntries: Loss {
  /// The loss whose entries are weighted; linear in y, as those of several labels are.
  public let loss: any Loss
  /// w⁺ and w⁻.
  public let weights: LabelWeights
  /// Part of the stage after which they hold, in `0...1`; all entries count alike before.
  public let start: Double

  /// - Parameters:
  ///   - loss: a loss of entries.
  ///   - weights: w⁺ and w⁻, `[L]`.
  ///   - start: part of the stage after which they hold, in `0...1`.
  /// - Precondition: `start` is in range.
  public init(_ loss: any Loss, weights: LabelWeights, start: Double = 0) {
    require(
      (0...1).contains(start), "WeightedEntries: expected a start in 0...1, got \(start)")
    (self.loss, self.weights, self.start) = (loss, weights, start)
  }

  /// Weights of labels are for entries, and rows of one class, logits `[N, C]`, have none: the call
  /// stops the program.
  ///
  /// - Precondition: never called; a target of several labels calls ``perEntry(_:_:_:)``.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    requirementFailed("WeightedEntries: expected a target of several labels, got classes")
  }

  /// w⁺ y ℓ(z, 1) + w⁻ (1 − y) ℓ(z, 0), `[N, L]`; before the weights hold, as if all were 1.
  ///
  /// - Precondition: a weight for each output.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    require(
      outputs.shape[1] == weights.present.count,
      "WeightedEntries: expected \(weights.present.count) outputs a row, got \(outputs.shape)")
    func row(_ numbers: [Double]) -> Tensor {
      Tensor(numbers, shape: [1, numbers.count]).to(outputs.dtype).moved(to: outputs.device)
    }
    // Epoch 160 of 200 is .8 of the stage but for the last digit.
    guard state.moment.elapsed >= start - 1e-9 else {
      return loss.perEntry(outputs, values, state)
    }
    let (there, not) = (row(weights.present), row(weights.absent))
    let ones = values * 0 + 1
    return loss.perEntry(outputs, ones, state) * values * there
      + loss.perEntry(outputs, ones * 0, state) * (1 - values) * not
  }

  /// Entries are learned from where the loss does so.
  public var takesEntries: Bool { loss.takesEntries }

  /// The entries have weights of labels already.
  public var takesClassWeights: Bool { false }
}
