public import Batches
import Networks
import Randomness
import Requirements
import Torch

/// Each row blended with another row of the same batch:
/// x = λ x_i + (1 − λ) x_π(i), y likewise, with one λ ~ Beta(α, α) per batch.
///
/// Classes keep their share of the labels, so the imbalance stays.
///
/// Source: Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization",
/// ICLR 2018, eq. 1.
public struct Mixup: Mixing, Equatable {
  /// Both parameters of the Beta distribution, α; positive. 1 is uniform, small values mix little.
  public let alpha: Double

  /// - Parameter alpha: both parameters of the Beta distribution; positive.
  /// - Precondition: `alpha` is positive and finite.
  public init(alpha: Double) {
    require(
      alpha > 0 && alpha.isFinite, "Mixup: expected a positive, finite alpha, got \(alpha)")
    self.alpha = alpha
  }

  /// 1.
  public var streams: Int { 1 }

  /// The whole weight on the one stream.
  public var expectedWeights: [Double] { [1] }

  /// Draws λ, then the permutation π.
  ///
  /// - Precondition: exactly one batch.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    let λ = BetaDistribution(alpha, alpha).sample(using: &generator)
    let partner = generator.shuffle(batches[0].count)
    return blend(batches[0], partner: partner, weight: λ)
  }

  /// λ · row i + (1 − λ) · row `partner[i]`.
  ///
  /// - Parameters:
  ///   - batch: the rows, N.
  ///   - partner: what each row is mixed with, `[N]`.
  ///   - λ: weight of the row itself, in `0...1`.
  package func blend(_ batch: Batch, partner: [Int], weight λ: Double) -> Batch {
    let other = Batch(
      inputs: batch.inputs.reordered(partner), target: batch.target.reordered(partner))
    var blended = batch.blended(with: other, weight: 1 - λ)
    (blended.examples, blended.lambda) = (batch.examples, λ)
    return blended
  }
}
