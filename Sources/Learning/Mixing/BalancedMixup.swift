public import Batches
import Randomness
import Requirements

/// A batch drawn as the data comes, blended with one drawn class by class:
/// x = (1 − λ) x_I + λ x_C, y likewise, with one λ ~ Beta(α, 1) per batch.
///
/// The first stream is the instance stream I, the second the class-balanced stream C. λ weights
/// the balanced one and is small as a rule, E[λ] = α / (1 + α), so that the few images of rare
/// classes are met often but seldom pure. α → 0 is plain training, λ = 1 class-balanced sampling.
///
/// Source: Galdran, Carneiro, González Ballester, "Balanced-MixUp for Highly Imbalanced Medical
/// Image Classification", MICCAI 2021.
public struct BalancedMixup: Mixing, Equatable {
  /// First parameter of the Beta distribution, α; positive. Larger means more of the rare classes.
  public let alpha: Double
  /// What has one λ; the batch in the paper.
  public let blend: Blend

  /// - Parameters:
  ///   - alpha: first parameter of the Beta distribution; positive.
  ///   - blend: what has one λ.
  /// - Precondition: `alpha` is positive and finite.
  public init(alpha: Double, blend: Blend = .batch) {
    require(
      alpha > 0 && alpha.isFinite,
      "BalancedMixup: expected a positive, finite alpha, got \(alpha)")
    (self.alpha, self.blend) = (alpha, blend)
  }

  /// 2: instance, class-balanced.
  public var streams: Int { 2 }

  /// 1 − E[λ] and E[λ] = α / (1 + α).
  public var expectedWeights: [Double] {
    let mean = BetaDistribution(alpha, 1).mean
    return [1 - mean, mean]
  }

  /// False where a row is one of the two whole.
  public var blends: Bool { blend != .never }

  /// Draws λ; row i of the one stream meets row i of the other.
  ///
  /// - Precondition: two batches of equal shape, the class-balanced one second.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    let beta = BetaDistribution(alpha, 1)
    let rows = 0..<batches[0].count
    switch blend {
    case .batch:
      return batches[0].blended(with: batches[1], weight: beta.sample(using: &generator))
    case .row:
      return batches[0].blended(
        with: batches[1], weights: rows.map { _ in beta.sample(using: &generator) })
    case .never:
      return batches[0].blended(
        with: batches[1], weights: rows.map { _ in generator.uniform() < beta.mean ? 1 : 0 })
    }
  }
}
