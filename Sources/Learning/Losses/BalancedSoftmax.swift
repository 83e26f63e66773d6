import Foundation
import Requirements
public import Sampling

extension AdjustedCrossEntropy {
  /// Balanced softmax, the logit-adjusted loss: cross-entropy of z + τ ln π with π_c = n_c / N. The network
  /// learns to answer for balanced classes; its plain logits decide.
  ///
  /// Equal counts give cross-entropy. Sources: Ren et al., "Balanced Meta-Softmax for Long-Tailed Visual
  /// Recognition", NeurIPS 2020 (τ = 1); Menon et al., "Long-Tail Learning via Logit Adjustment",
  /// ICLR 2021.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - tau: τ, at least 0; 0 is cross-entropy.
  /// - Precondition: `tau` is at least 0 and finite.
  public static func balancedSoftmax(
    _ classes: ClassCounts, tau: Double = 1
  ) -> AdjustedCrossEntropy {
    require(
      tau >= 0 && tau.isFinite, "balancedSoftmax: expected τ of at least 0, got \(tau)")
    var loss = AdjustedCrossEntropy()
    loss.offsets = classes.priors.map { tau * Foundation.log($0) }
    return loss
  }
}
