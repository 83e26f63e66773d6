import Randomness
import Requirements
public import Sampling

/// MixUp whose label goes wholly to the rarer of two classes of very unequal size, where its image is still a fair part:
/// x = λ x_i + (1 − λ) x_π(i) and y = λ_y y_i + (1 − λ_y) y_π(i) with λ_y = 0 where n_i / n_j ≥ κ and λ < τ, 1 where
/// n_i / n_j ≤ 1/κ and 1 − λ < τ, and λ else.
///
/// One λ ~ Beta(α, α) and one permutation π a batch. κ = ∞ or τ = 0 is MixUp. A row whose class or whose partner's is
/// not known keeps λ. Source: Chou, Chang, Pan, Wei, Juan, "Remix: Rebalanced Mixup", ECCV Workshops 2020, equations 3 to 5.
public struct Remix: CountedMixup, Equatable {
  /// Counts of the training set.
  public let classes: ClassCounts
  /// Both parameters of the Beta distribution, α; positive.
  public let alpha: Double
  /// κ, how many times as large the one class must be; above 1, may be infinite.
  public let kappa: Double
  /// τ, how small the weight of the larger class's image must be, in `0...1`.
  public let tau: Double

  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - alpha: both parameters of the Beta distribution; positive.
  ///   - kappa: how many times as large the one class must be; above 1.
  ///   - tau: how small the weight of the larger class's image must be, in `0...1`.
  /// - Precondition: all are in range.
  public init(_ classes: ClassCounts, alpha: Double = 1, kappa: Double = 3, tau: Double = 0.5) {
    require(
      alpha > 0 && alpha.isFinite && kappa > 1 && (0...1).contains(tau),
      "Remix: expected an alpha above 0, a kappa above 1 and a tau in 0...1, got \(alpha), \(kappa), \(tau)"
    )
    (self.classes, self.alpha, self.kappa, self.tau) = (classes, alpha, kappa, tau)
  }

  /// λ_y of a row of a class of `own` images that meets one of a class of `other`.
  public func labelWeight(_ own: Int, _ other: Int, _ λ: Double) -> Double {
    let ratio = Double(own) / Double(other)
    if ratio >= kappa && λ < tau { return 0 }
    return ratio <= 1 / kappa && 1 - λ < tau ? 1 : λ
  }

  /// By pairs of classes, `[C]`: E[λ_y] = E[λ; λ ≥ τ] for the larger, 1 less that for the rarer, ½
  /// where neither is.
  public func expectedLabelMass(of distributions: [[Double]]) -> [Double] {
    // E[λ; λ ≥ τ] = E[λ] P(λ′ ≥ τ) with λ′ ~ Beta(α + 1, α).
    let larger = 0.5 * (1 - BetaDistribution(alpha + 1, alpha).cumulative(tau))
    return classes.pairMass(distributions[0], meeting: distributions[0]) { own, other in
      let ratio = Double(own) / Double(other)
      return ratio >= kappa ? larger : ratio <= 1 / kappa ? 1 - larger : 0.5
    }
  }
}
