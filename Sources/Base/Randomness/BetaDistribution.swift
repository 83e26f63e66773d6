import Foundation
import Requirements

/// Numbers in `0...1` with density ∝ λ^(α − 1) (1 − λ)^(β − 1): the mixing weights of the
/// MixUp family.
///
///     let λ = BetaDistribution(0.2, 1).sample(using: &source)
///
/// `Beta(α, 1)` is drawn exactly, as U^(1/α); `Beta(1, β)` by its mirror image; any other as
/// X / (X + Y) of two gamma numbers held as logarithms, so that α = 0.1 does not underflow to 0 / 0.
public struct BetaDistribution: Sendable, Equatable {
  /// Exponent of λ, plus one.
  public let alpha: Double
  /// Exponent of 1 − λ, plus one.
  public let beta: Double

  /// - Parameters:
  ///   - alpha: positive and finite; small values push λ to 0.
  ///   - beta: positive and finite; small values push λ to 1.
  /// - Precondition: both are positive and finite.
  public init(_ alpha: Double, _ beta: Double) {
    require(
      alpha > 0 && alpha.isFinite && beta > 0 && beta.isFinite,
      "BetaDistribution: expected positive, finite parameters, got \(alpha) and \(beta)")
    (self.alpha, self.beta) = (alpha, beta)
  }

  /// E[λ] = α / (α + β).
  public var mean: Double { alpha / (alpha + beta) }

  /// Var[λ] = αβ / ((α + β)² (α + β + 1)).
  public var variance: Double {
    let sum = alpha + beta
    return (alpha / sum) * (beta / sum) / (sum + 1)
  }

  /// One draw of λ, in `0...1`.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    if beta == 1 { return pow(generator.uniform(), 1 / alpha) }
    if alpha == 1 { return 1 - pow(generator.uniform(), 1 / beta) }
    let x = GammaDistribution(shape: alpha).logSample(using: &generator)
    let y = GammaDistribution(shape: beta).logSample(using: &generator)
    return 1 / (1 + exp(y - x))
  }
}
