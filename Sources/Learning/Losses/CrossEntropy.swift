public import Batches
import Requirements
public import Torch

/// Softmax cross-entropy, −Σ_c q_c log softmax(z)_c, with optional label smoothing:
/// q = (1 − ε) y + ε / C.
///
/// A mixed target costs one log-softmax and one product, however many labellings it has.
///
/// Source: Szegedy et al., "Rethinking the Inception Architecture", CVPR 2016 (smoothing); the
/// values are those of `torch.nn.CrossEntropyLoss(label_smoothing=ε, reduction="none")`.
public struct CrossEntropy: Loss, Equatable {
  /// Part ε of every label that is spread over all the classes, in `0..<1`.
  public let smoothing: Double

  /// - Parameter smoothing: part of every label spread over all classes, in `0..<1`.
  /// - Precondition: `smoothing` is in `0..<1`.
  public init(smoothing: Double = 0) {
    require(
      (0..<1).contains(smoothing),
      "CrossEntropy: expected a smoothing from 0 to below 1, got \(smoothing)")
    self.smoothing = smoothing
  }

  /// −(1 − ε) log p_y − ε mean_c log p_c, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    mixed(logits, Target(labels), state)
  }

  /// −Σ_c q_c log p_c over the smoothed soft target q, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N rows of target, labels in `0..<C`.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    let classes = logits.shape[1]
    var soft = target.dense(classes: classes, on: logits.device).to(logits.dtype)
    if smoothing > 0 { soft = soft * (1 - smoothing) + smoothing / Double(classes) }
    return -(soft * logits.logSoftmax(dim: 1)).sum(dims: [1])
  }
}
