import Foundation
import Randomness
import Requirements
public import Sampling

/// Margin-aware MixUp: labels are even not halfway between two images but where the margins of their classes meet,
/// nearer to the image of the larger class.
///
/// With margins γ_c = n_c^f, x = λ x_i + (1 − λ) x_π(i) and y = λ_y y_i + (1 − λ_y) y_π(i), where λ_y runs from 0 at λ = 0
/// straight to ½ at λ* = γ_j / (γ_i + γ_j), and straight on to 1 at λ = 1. One λ ~ Beta(α, α) and one permutation π a
/// batch. Classes of equal size, or f = 0, are MixUp. A row whose class or whose partner's is not known keeps λ.
///
/// Source: Cheng, Mai, Lin, "From SMOTE to Mixup for Deep Imbalanced Classification", TAAI 2023, and its code, where λ
/// is the weight of the partner.
public struct MAMix: CountedMixup, Equatable {
  /// Counts of the training set.
  public let classes: ClassCounts
  /// Both parameters of the Beta distribution, α; positive.
  public let alpha: Double
  /// f, at most 0: margins grow as n^f.
  public let exponent: Double

  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - alpha: both parameters of the Beta distribution; positive.
  ///   - exponent: f, at most 0.
  /// - Precondition: both are in range.
  public init(_ classes: ClassCounts, alpha: Double = 1, exponent: Double = -0.25) {
    require(
      alpha > 0 && alpha.isFinite && exponent <= 0 && exponent.isFinite,
      "MAMix: expected an alpha above 0 and an exponent of at most 0, got \(alpha) and \(exponent)")
    (self.classes, self.alpha, self.exponent) = (classes, alpha, exponent)
  }

  /// λ* = γ_j / (γ_i + γ_j) of classes of `own` and of `other` images.
  private func knee(_ own: Int, _ other: Int) -> Double {
    1 / (1 + Foundation.pow(Double(own) / Double(other), exponent))
  }

  /// λ_y of a row of a class of `own` images that meets one of a class of `other`.
  public func labelWeight(_ own: Int, _ other: Int, _ λ: Double) -> Double {
    // Without rounding, so that equal classes are MixUp to the bit.
    guard own != other && exponent != 0 else { return λ }
    // The ends stay where they are, also of a knee that is 0 or 1 by its last digit.
    guard 0 < λ && λ < 1 else { return λ }
    let knee = knee(own, other)
    return λ <= knee ? 0.5 * λ / knee : 1 - 0.5 * (1 - λ) / (1 - knee)
  }

  /// By pairs of classes, `[C]`, E[λ_y] of the two straight parts.
  public func expectedLabelMass(of distributions: [[Double]]) -> [Double] {
    let (beta, risen) = (BetaDistribution(alpha, alpha), BetaDistribution(alpha + 1, alpha))
    return classes.pairMass(distributions[0], meeting: distributions[0]) { own, other in
      guard own != other && exponent != 0 else { return 0.5 }
      // P(λ ≤ λ*), and E[λ; λ ≤ λ*] = E[λ] P(λ′ ≤ λ*) with λ′ ~ Beta(α + 1, α). What is above λ* is by symmetry what is
      // below 1 − λ*, which the other order of the pair has without cancellation.
      let (knee, rest) = (self.knee(own, other), self.knee(other, own))
      func half(_ knee: Double) -> Double {
        knee > 0 ? 0.25 * risen.cumulative(knee) / knee : 0
      }
      return half(knee) + beta.cumulative(rest) - half(rest)
    }
  }
}
