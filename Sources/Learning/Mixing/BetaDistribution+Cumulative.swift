import Randomness
import Uncertainty

extension BetaDistribution {
  /// P(λ ≤ x).
  ///
  /// - Parameter x: in `0...1`.
  func cumulative(_ x: Double) -> Double { incompleteBeta(x, alpha, beta) }
}
