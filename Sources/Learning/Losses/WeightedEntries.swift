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

  /// - Parameters:
  ///   - loss: a loss of entries.
  ///   - weights: w⁺ and w⁻, `[L]`.
  public init(_ loss: any Loss, weights: LabelWeights) {
    (self.loss, self.weights) = (loss, weights)
  }

  /// Weights of labels are for entries, and rows of one class have none: the call stops the program.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    requirementFailed("WeightedEntries: expected a target of several labels, got classes")
  }

  /// w⁺ y ℓ(z, 1) + w⁻ (1 − y) ℓ(z, 0), `[N, L]`.
  ///
  /// - Precondition: a weight for each output.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    require(
      outputs.shape[1] == weights.present.count,
      "WeightedEntries: expected \(weights.present.count) outputs a row, got \(outputs.shape)")
    func row(_ numbers: [Double]) -> Tensor {
      Tensor(numbers, shape: [1, numbers.count]).to(outputs.dtype).moved(to: outputs.device)
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
