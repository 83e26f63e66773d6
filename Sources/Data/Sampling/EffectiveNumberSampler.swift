import Foundation
import Requirements

/// Rarer classes more often, by their effective number of examples, with replacement:
/// P(c) ∝ n_c (1 − β) / (1 − β^n_c).
///
/// β = 0 keeps the priors; β → 1 draws every class equally often. An example of class c is drawn in proportion to
/// the inverse of E_n = (1 − β^n) / (1 − β), by which the class-balanced loss weighs it.
///
/// Sources: Cui, Jia, Lin, Song, Belongie, "Class-Balanced Loss Based on Effective Number of Samples", CVPR 2019 (E_n);
/// Li, Cheung, Lu, "Long-tailed Visual Recognition via Gaussian Clouded Logit Adjustment", CVPR 2022 (as a sampler).
public struct EffectiveNumberSampler: ClassWeightedSampler, Equatable {
  /// β, in `0..<1`.
  public let beta: Double

  /// - Parameter beta: β, in `0..<1`.
  /// - Precondition: `beta` is in range.
  public init(beta: Double) {
    require(
      (0..<1).contains(beta), "EffectiveNumberSampler: expected β in 0..<1, got \(beta)")
    self.beta = beta
  }

  /// P(c), `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    let shares = classes.counts.map { Double($0) * (1 - beta) / (1 - pow(beta, Double($0))) }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }
}
