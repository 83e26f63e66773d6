public import Batches
import Randomness
import Requirements

/// Each row blended with another row of the same batch:
/// x = λ x_i + (1 − λ) x_π(i), y likewise, with one λ ~ Beta(α, α) per batch.
///
/// Classes keep their share of the labels, so the imbalance stays.
///
/// Source: Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization",
/// ICLR 2018, eq. 1.
public struct Mixup: PairMixing, Equatable {
  /// Both parameters of the Beta distribution, α; positive. 1 is uniform, small values mix little.
  public let alpha: Double

  /// - Parameter alpha: both parameters of the Beta distribution; positive.
  /// - Precondition: `alpha` is positive and finite.
  public init(alpha: Double) {
    require(
      alpha > 0 && alpha.isFinite, "Mixup: expected a positive, finite alpha, got \(alpha)")
    self.alpha = alpha
  }

  /// Draws λ, then the permutation π, `[N]`.
  public func pairing(
    of batch: Batch, using generator: inout some RandomNumberGenerator
  ) -> Pairing {
    let λ = BetaDistribution(alpha, alpha).sample(using: &generator)
    return pairing(partner: generator.shuffle(batch.count), weight: λ)
  }

  /// λ · row i + (1 − λ) · row `partner[i]`.
  ///
  /// - Parameters:
  ///   - batch: the rows, N.
  ///   - partner: what each row is mixed with, `[N]`.
  ///   - λ: weight of the row itself, in `0...1`.
  package func blend(_ batch: Batch, partner: [Int], weight λ: Double) -> Batch {
    pairing(partner: partner, weight: λ).blended(batch)
  }

  private func pairing(partner: [Int], weight λ: Double) -> Pairing {
    let weights = Array(repeating: λ, count: partner.count)
    return Pairing(partner: partner, inputs: weights, labels: weights)
  }
}
