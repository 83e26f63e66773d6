public import Batches
import Foundation
import Randomness
import Requirements

/// A rectangle of an image of the second stream, the foreground, pasted on an image of the first, the background; labels
/// follow the areas. With a second stream of rare classes, context-rich minority oversampling: rare objects before the
/// backgrounds of common ones.
///
/// λ ~ Beta(α, α) sets the rectangle as in ``CutMix``; one a batch. The background's weight is what of its image is left.
///
/// Source: Park, Hong, Heo, Yun, Choi, "The Majority Can Help the Minority: Context-rich Minority Oversampling for
/// Long-tailed Classification", CVPR 2022, algorithm 1.
public struct ContextPaste: Mixing, Equatable {
  /// Both parameters of the Beta distribution, α; positive.
  public let alpha: Double

  /// - Parameter alpha: both parameters of the Beta distribution; positive.
  /// - Precondition: `alpha` is positive and finite.
  public init(alpha: Double = 1) {
    require(
      alpha > 0 && alpha.isFinite, "ContextPaste: expected a positive, finite alpha, got \(alpha)")
    self.alpha = alpha
  }

  /// 2: backgrounds, foregrounds.
  public var streams: Int { 2 }

  /// 1 − a and the expected area a of a rectangle cut off at the edges, E[(r − r²/4)²] with r² = 1 − λ: of large images; of
  /// small ones whole pixels make it a little smaller.
  public var expectedWeights: [Double] {
    let area = moment(1) - moment(1.5) / 2 + moment(2) / 16
    return [1 - area, area]
  }

  /// E[(1 − λ)^k] = Γ(α + k) Γ(2α) / (Γ(α) Γ(2α + k)).
  private func moment(_ k: Double) -> Double {
    let logarithm: Double =
      logGamma(alpha + k) + logGamma(2 * alpha) - logGamma(alpha) - logGamma(2 * alpha + k)
    return Foundation.exp(logarithm)
  }

  private func logGamma(_ x: Double) -> Double {
    #if canImport(Darwin)
      return Foundation.lgamma(x)
    #else
      // The C function with a sign argument: the plain one writes to a global.
      var sign: Int32 = 0
      return lgamma_r(x, &sign)
    #endif
  }

  /// It does: a rectangle has neighbours.
  public var needsPixels: Bool { true }

  /// Draws λ and the place; row i of the one stream meets row i of the other.
  ///
  /// - Precondition: two batches of images of equal shape.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    let λ = BetaDistribution(alpha, alpha).sample(using: &generator)
    let area = CutMix.Rectangle(weight: λ, of: batches[0], using: &generator)
    var pasted = batches[0].pasted(batches[1], area)
    pasted.examples = batches[0].examples + batches[1].examples
    return pasted
  }
}
