import Losses
import Torch

/// Focal loss, (1 − p_y)^γ · −log p_y: what is already right counts less.
///
/// Source: Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017.
struct Focal: Loss {
  /// γ, at least 0; 0 is cross-entropy.
  var gamma = 2.0

  func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let crossEntropy = CrossEntropy().perExample(logits, labels, state)
    let p = (-crossEntropy).exp()
    return (1 - p).pow(gamma) * crossEntropy
  }
}

let logits = Tensor([2, 0, 0, 1] as [Float], shape: [2, 2])
for gamma in [0.0, 2.0] {
  let loss = Focal(gamma: gamma).perExample(logits, [0, 0], LossState())
  print(loss.scalars(as: Float.self).map { Int($0 * 1000) })
}
