import Foundation
import Requirements
public import Sampling

extension AdjustedCrossEntropy {
  /// LDAM, label-distribution-aware margins: cross-entropy of z − s Δ_y with Δ_c = m · (n_min / n_c)^¼, so that
  /// rarer classes must lead by more. z = s cos θ comes from a cosine head of the same s.
  ///
  /// m = 0 is cross-entropy. Source: Cao, Wei, Gaidon, Arechiga, Ma, "Learning Imbalanced
  /// Datasets with Label-Distribution-Aware Margin Loss", NeurIPS 2019.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - margin: m, the margin of the rarest class, at least 0.
  ///   - scale: s of the cosine head, above 0.
  ///   - weights: how much rows of each class count; deferred in LDAM-DRW.
  /// - Precondition: `margin` and `scale` are in range.
  public static func ldam(
    _ classes: ClassCounts, margin: Double = 0.5, scale: Double = 30,
    weights: ClassWeights? = nil
  ) -> AdjustedCrossEntropy {
    require(
      margin >= 0 && scale > 0,
      "ldam: expected a margin of at least 0 and a scale above 0, got \(margin) and \(scale)")
    let rarest = Double(classes.rarest)
    var loss = AdjustedCrossEntropy()
    loss.margins = classes.counts.map { scale * margin * Foundation.pow(rarest / Double($0), 0.25) }
    loss.weights = weights
    return loss
  }
}
