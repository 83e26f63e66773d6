import Requirements

extension AdjustedCrossEntropy {
  /// Focal loss of a softmax, −(1 − p_y)^γ log p_y: what is right already counts less.
  ///
  /// γ = 0 is cross-entropy. Source: Lin, Goyal, Girshick, He, Dollár, "Focal Loss for Dense Object Detection", ICCV
  /// 2017, which has it of sigmoids (``SigmoidCrossEntropy/focus``).
  ///
  /// - Parameters:
  ///   - gamma: γ, at least 0.
  ///   - weights: how much a row of each class counts.
  /// - Precondition: `gamma` is in range.
  public static func focal(gamma: Double, weights: ClassWeights? = nil) -> AdjustedCrossEntropy {
    require(gamma >= 0 && gamma.isFinite, "focal: expected γ of at least 0, got \(gamma)")
    var loss = AdjustedCrossEntropy()
    (loss.focus, loss.weights) = (gamma, weights)
    return loss
  }
}
