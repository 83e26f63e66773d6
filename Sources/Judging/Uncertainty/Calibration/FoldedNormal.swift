import Foundation

/// The size of a normal variable: `|X|` with `X` normal about `mean` with `deviation`.
///
/// `E|X| = σ √(2/π) e^{−μ²/2σ²} + |μ| erf(|μ|/(σ√2))`, and `var |X| = μ² + σ² − E|X|²`.
///
/// Source: Leone, Nelson and Nottingham, "The folded normal distribution", Technometrics 3, 1961.
package struct FoldedNormal: Sendable, Equatable {
  /// `E|X|`, at least `|μ|`.
  package let mean: Double
  /// `var |X|`, at most σ².
  package let variance: Double

  /// The size of a normal variable.
  ///
  /// - Parameters:
  ///   - mean: μ.
  ///   - deviation: σ, at least 0.
  package init(mean: Double, deviation: Double) {
    guard deviation > 0 else {
      (self.mean, variance) = (abs(mean), 0)
      return
    }
    let ratio = abs(mean) / deviation
    self.mean =
      deviation * (2 / Double.pi).squareRoot() * exp(-ratio * ratio / 2)
      + abs(mean) * erf(ratio / 2.0.squareRoot())
    variance = max(0, mean * mean + deviation * deviation - self.mean * self.mean)
  }
}
