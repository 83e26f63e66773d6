import Foundation
import Requirements
public import Sampling

extension AdjustedCrossEntropy {
  /// GCL, Gaussian clouded logits: cross-entropy of z_c − s u_c |ε| − s m [c = y], ε ~ N(0, σ²) kept within ±1, with
  /// u_c = (ln n_max − ln n_c) / (ln n_max − ln n_min). z = s cos θ comes from a cosine head of the same s.
  ///
  /// The logits of rare classes are lowered most, by chance, so that their rows keep pulling. Where all classes are of
  /// equal size nothing is lowered. σ = 0 and m = 0 is cross-entropy.
  ///
  /// Source: Li, Cheung, Lu, "Long-tailed Visual Recognition via Gaussian Clouded Logit Adjustment", CVPR 2022; σ,
  /// bounds and the sign of the noise are those of its code.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - deviation: σ, at least 0.
  ///   - margin: m, of a cosine; at least 0.
  ///   - scale: s of the cosine head, above 0.
  /// - Precondition: all are in range.
  public static func gaussianClouded(
    _ classes: ClassCounts, deviation: Double = 1.0 / 3, margin: Double = 0, scale: Double = 30
  ) -> AdjustedCrossEntropy {
    require(
      margin >= 0 && margin.isFinite && scale > 0 && scale.isFinite,
      "gaussianClouded: expected a margin of at least 0 and a scale above 0, got \(margin) and "
        + "\(scale)")
    let range = Foundation.log(classes.imbalance)
    var loss = AdjustedCrossEntropy()
    loss.noise = LogitNoise(
      amplitudes: classes.counts.map {
        range > 0 ? scale * Foundation.log(Double(classes.commonest) / Double($0)) / range : 0
      }, deviation: deviation)
    if margin > 0 { loss.margins = classes.counts.map { _ in scale * margin } }
    return loss
  }
}
