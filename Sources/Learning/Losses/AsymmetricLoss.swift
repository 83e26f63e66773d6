public import Batches
import Requirements
public import Torch

/// Asymmetric loss of several labels: what is not there counts less than what is, and nothing at all once it is sure:
///
/// ```text
/// ℓ = −y (1 − p)^γ₊ log p − (1 − y) q^γ₋ log(1 − q),   p = σ(z),  q = max(p − m, 0)
/// ```
///
/// Of many labels nearly all are absent from a row; γ₋ takes weight off those, and m drops the easiest. γ₊ = γ₋ and m = 0
/// is the focal loss, all 0 is sigmoid cross-entropy. Of classes it asks one against the rest.
///
/// Source: Ridnik, Ben-Baruch, Zamir, Noy, Friedman, Protter, Zelnik-Manor, "Asymmetric Loss For Multi-Label
/// Classification", ICCV 2021.
public struct AsymmetricLoss: Loss, Equatable {
  /// γ₊, at least 0.
  public let positive: Double
  /// γ₋, at least 0; at least 1 where there is a margin, so that the gradient is finite.
  public let negative: Double
  /// m, in `0..<1`.
  public let margin: Double

  /// - Parameters:
  ///   - positive: γ₊, at least 0.
  ///   - negative: γ₋, at least 0; at least 1 where there is a margin.
  ///   - margin: m, in `0..<1`.
  /// - Precondition: all are in range.
  public init(positive: Double = 1, negative: Double = 4, margin: Double = 0.05) {
    require(
      positive >= 0 && positive.isFinite && negative.isFinite && (0..<1).contains(margin)
        && negative >= (margin > 0 ? 1 : 0),
      "AsymmetricLoss: expected γ of at least 0, 1 where there is a margin, and a margin in 0..<1, "
        + "got \(positive), \(negative) and \(margin)")
    (self.positive, self.negative, self.margin) = (positive, negative, margin)
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

  /// Entries are learned from.
  public var takesEntries: Bool { true }

  /// ℓ(z, y), `[N, L]`; y may lie between 0 and 1.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    let (yes, no) = (outputs.logSigmoid(), (-outputs).logSigmoid())
    let there = -values * (no * positive).exp() * yes
    guard margin > 0 else { return there - (1 - values) * (yes * negative).exp() * no }
    let q = (outputs.sigmoid() - margin).relu()
    return there - (1 - values) * q.pow(negative) * (1 - q).log()
  }
}
