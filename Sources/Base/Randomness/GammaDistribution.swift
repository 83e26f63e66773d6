import Foundation
import Requirements

/// Gamma numbers of unit scale, density ∝ x^(shape − 1) e^(−x).
///
/// Samples are handed out as logarithms: at shape 0.01 most are below the smallest `Double`, and
/// only their ratios matter to a Beta or Dirichlet draw.
///
/// Source: Marsaglia, Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 2000.
public struct GammaDistribution: Sendable, Equatable {
  /// Mean and variance of the distribution; positive.
  public let shape: Double

  /// - Parameter shape: positive and finite.
  /// - Precondition: `shape` is positive and finite.
  public init(shape: Double) {
    require(
      shape > 0 && shape.isFinite,
      "GammaDistribution: expected a positive, finite shape, got \(shape)")
    self.shape = shape
  }

  /// The natural logarithm of one draw; finite.
  public func logSample(using generator: inout some RandomNumberGenerator) -> Double {
    guard shape < 1 else { return Self.logSampleAboveOne(shape, &generator) }
    // Gamma(a) = Gamma(a + 1) · U^(1/a); `1 - uniform()` is never 0.
    let boosted = Self.logSampleAboveOne(shape + 1, &generator)
    // Below a shape of 1e-306 the quotient may be −∞, of which two have no difference.
    return max(-.greatestFiniteMagnitude, boosted + log(1 - generator.uniform()) / shape)
  }

  private static func logSampleAboveOne(
    _ shape: Double, _ generator: inout some RandomNumberGenerator
  ) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = generator.normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if log(1 - generator.uniform()) < x * x / 2 + d - d * v + d * log(v) { return log(d * v) }
    }
  }
}
