public import Batches
import Requirements
public import Torch

/// Sigmoid cross-entropy, each output a question of its own with the answer yes or no:
/// ℓ = −y log σ(z) − (1 − y) log(1 − σ(z)).
///
/// Of entries it is the loss of several labels, a mean over those that are known. Of classes it asks one against the
/// rest, Σ_c ℓ(z_c, [c = y]), summed over the classes and divided by the rows; an output for each class. With one
/// output it is the cross-entropy of two classes with logits 0 and z. The values are those of
/// `torch.nn.BCEWithLogitsLoss`.
///
/// With a focus γ it is the focal loss, −y (1 − σ)^γ log σ − (1 − y) σ^γ log(1 − σ): what is answered right already
/// counts less, as most questions are in one against the rest.
///
/// Sources: Cui, Jia, Lin, Song, Belongie, "Class-Balanced Loss Based on Effective Number of Samples", CVPR 2019 (the sum
/// over classes); Lin, Goyal, Girshick, He, Dollár, "Focal Loss for Dense Object Detection", ICCV 2017 (γ).
public struct SigmoidCrossEntropy: Loss, Equatable {
  /// γ, at least 0.
  public let focus: Double
  /// How much a row of each class counts.
  public var weights: ClassWeights?

  /// - Parameters:
  ///   - focus: γ, at least 0.
  ///   - weights: how much a row of each class counts.
  /// - Precondition: `focus` is in range.
  public init(focus: Double = 0, weights: ClassWeights? = nil) {
    require(
      focus >= 0 && focus.isFinite, "SigmoidCrossEntropy: expected γ of at least 0, got \(focus)")
    (self.focus, self.weights) = (focus, weights)
  }

  /// Σ_c ℓ(z_c, [c = y]), `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    mixed(logits, Target(labels), state)
  }

  /// Σ_c ℓ(z_c, q_c) of the soft target q, `[N]`: the loss is linear in it.
  ///
  /// - Precondition: `logits` is `[N, C]` with N rows of target, labels in `0..<C`.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    let soft = target.dense(classes: logits.shape[1], on: logits.device).to(logits.dtype)
    return perEntry(logits, soft, state).sum(dims: [1])
  }

  /// Entries are learned from without weights of classes alone.
  public var takesEntries: Bool { weights == nil }

  /// ℓ(z, y), `[N, L]`; y may lie between 0 and 1.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    guard focus == 0 else {
      let (yes, no) = (outputs.logSigmoid(), (-outputs).logSigmoid())
      return -values * (no * focus).exp() * yes - (1 - values) * (yes * focus).exp() * no
    }
    let nothing = Tensor(0.0).to(outputs.dtype).moved(to: outputs.device)
    // In this order a sure and right answer keeps the digits of its small loss.
    return outputs.maximum(nothing) - outputs * values + (-outputs.abs()).exp().log1p()
  }

  /// w, `[C]`, once its time has come.
  public func classWeights(at moment: Moment) -> [Double]? {
    weights?.values(after: moment.elapsed)
  }
}
