public import Batches
import Networks
import Randomness
import Requirements

/// MixUp of two augmented versions of the rows: x = λ x_i + (1 − λ) x′_π(i) and y = λ y_i + (1 − λ) y_π(i), where x and x′
/// are the versions, with one λ ~ Beta(α, α) and one permutation π a batch.
///
/// It takes its one stream in one version or two. Of one version it is ``Mixup``, to the bit and with its draws. Of two the
/// labels are still those of ``Mixup``, and the inputs differ: a row that meets itself, π(i) = i, becomes a mixture of its
/// two versions, where ``Mixup`` leaves it as it is.
///
/// The formula is an interpretation: of the paper the abstract alone was at hand, which says that augmented samples and
/// their labels are mixed at once. Source: Fan, Xu, Wang, Zhu, Wang, Guo, "DualMix: Unleashing the Potential of Data
/// Augmentation for Online Class-Incremental Learning", arXiv 2303.07864, 2023.
public struct EnMix: PairMixing, Equatable {
  /// Both parameters of the Beta distribution, α; positive. 1 is uniform, small values mix little.
  public let alpha: Double

  /// - Parameter alpha: both parameters of the Beta distribution; positive.
  /// - Precondition: `alpha` is positive and finite.
  public init(alpha: Double = 1) {
    require(
      alpha > 0 && alpha.isFinite, "EnMix: expected a positive, finite alpha, got \(alpha)")
    self.alpha = alpha
  }

  /// Draws λ, then the permutation π, `[N]`.
  public func pairing(
    of batch: Batch, using generator: inout some RandomNumberGenerator
  ) -> Pairing {
    Mixup(alpha: alpha).pairing(of: batch, using: &generator)
  }

  /// Draws the pairs; a row's partner comes of the second version, where there are two.
  ///
  /// - Precondition: one batch, or two of the same rows and of equal shape.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    require(
      (1...2).contains(batches.count)
        && batches.allSatisfy {
          $0.examples == batches[0].examples && $0.inputs.shapes == batches[0].inputs.shapes
        },
      "EnMix: expected one or two versions of the same rows, got \(batches.count) batches of "
        + "\(batches.map(\.inputs.shapes))")
    let pairs = pairing(of: batches[0], using: &generator)
    return pairs.blended(batches[0], meeting: batches[batches.count - 1].inputs)
  }
}
