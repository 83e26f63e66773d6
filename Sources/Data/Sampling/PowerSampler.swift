import Foundation
import Requirements

/// Rarer classes more often, by a power of their size: P(c) ∝ n_c^(1 − q), with replacement.
///
/// q = 0 keeps the priors, q = ½ takes square roots, q = 1 draws every class equally often.
///
/// Source: Mahajan et al., "Exploring the Limits of Weakly Supervised Pretraining", ECCV 2018
/// (q = ½); Kang et al., "Decoupling Representation and Classifier", ICLR 2020, eq. 1, whose q is 1 − q here.
public struct PowerSampler: ClassWeightedSampler, Equatable {
  /// How far to go from the priors (0) to balance (1); above 1, rare classes outnumber common ones.
  public let q: Double

  /// - Parameter q: finite.
  /// - Precondition: `q` is finite.
  public init(q: Double) {
    require(q.isFinite, "PowerSampler: expected a finite q, got \(q)")
    self.q = q
  }

  /// P(c) = n_c^(1 − q) / Σ_k n_k^(1 − q), `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    var powers = classes.counts.map { pow(Double($0), 1 - q) }
    var total = powers.reduce(0, +)
    if !total.isFinite || total == 0 {
      // Powers that no number can hold, in parts of the largest of them.
      let most = Double(q < 1 ? classes.commonest : classes.rarest)
      powers = classes.counts.map { pow(Double($0) / most, 1 - q) }
      total = powers.reduce(0, +)
    }
    return powers.map { $0 / total }
  }
}
