import Foundation
import Requirements
public import Sampling

extension AdjustedCrossEntropy {
  /// VS, vector scaling: cross-entropy of a_c z_c + τ ln π_c with a_c = (n_c / n_max)^γ.
  ///
  /// The offsets move the boundaries of a network that still learns; the factors go on acting when all training rows
  /// are right, for a rare class must then have a larger logit to be as sure. γ = 0 is the logit-adjusted loss, τ = 0
  /// is CDT.
  ///
  /// Source: Kini, Paraskevas, Oymak, Thrampoulidis, "Label-Imbalanced and Group-Sensitive Classification under
  /// Overparameterization", NeurIPS 2021; signs and factors are those of its code.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - gamma: γ, at least 0.
  ///   - tau: τ, at least 0.
  /// - Precondition: both are in range.
  public static func vectorScaling(
    _ classes: ClassCounts, gamma: Double, tau: Double
  ) -> AdjustedCrossEntropy {
    var loss = balancedSoftmax(classes, tau: tau)
    loss.factors = classDependentTemperatures(classes, gamma: gamma).factors
    return loss
  }

  /// CDT, class-dependent temperatures: cross-entropy of z_c / T_c with T_c = (n_max / n_c)^γ.
  ///
  /// In training the logits of rare classes are divided by more, so that the network makes them larger than it would
  /// have; the plain logits decide. γ = 0 is cross-entropy.
  ///
  /// Source: Ye, Chen, Zhan, Chao, "Identifying and Compensating for Feature Deviation in Imbalanced Deep Learning",
  /// arXiv 2020.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - gamma: γ, at least 0.
  /// - Precondition: `gamma` is in range.
  public static func classDependentTemperatures(
    _ classes: ClassCounts, gamma: Double
  ) -> AdjustedCrossEntropy {
    require(
      gamma >= 0 && gamma.isFinite,
      "classDependentTemperatures: expected γ of at least 0, got \(gamma)")
    let most = Double(classes.commonest)
    var loss = AdjustedCrossEntropy()
    loss.factors = classes.counts.map { Foundation.pow(Double($0) / most, gamma) }
    return loss
  }
}
