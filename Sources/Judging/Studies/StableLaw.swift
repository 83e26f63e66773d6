import Foundation
package import Randomness
import Requirements

/// A symmetric α-stable law with the characteristic function `exp(−(|t|/√2)^α)`: the standard normal at α = 2,
/// Holtsmark's at 3/2, Cauchy's at 1. Below 2 its tails are so heavy that it has no variance.
public struct StableLaw: Sendable, Equatable, Codable {
  /// α, in 1…2.
  public let alpha: Double

  /// The law of an index.
  ///
  /// - Precondition: `alpha` lies in 1…2.
  public init(alpha: Double) {
    require((1...2).contains(alpha), "StableLaw: expected an index in 1…2, got \(alpha)")
    self.alpha = alpha
  }

  /// What it is called.
  public var name: String {
    switch alpha {
    case 2: "normal"
    case 1.5: "Holtsmark"
    case 1: "Cauchy"
    default: "stable \(alpha)"
    }
  }

  /// F(x), to about 10⁻⁸: `½ + 1/π ∫ sin(t x)/t exp(−(t/√2)^α) dt` over t > 0, by Simpson's rule; in closed form at 1
  /// and 2.
  public func probability(below x: Double) -> Double {
    if alpha == 2 { return erfc(-x / 2.0.squareRoot()) / 2 }
    if alpha == 1 { return 0.5 + atan(x * 2.0.squareRoot()) / .pi }
    // Far out an integral of fast waves loses all digits, and the tail's leading terms have them.
    if abs(x) > 40 {
      let tail = tail(abs(x))
      return x < 0 ? tail : 1 - tail
    }
    // In u = √t the integrand is smooth enough at 0 for Simpson's rule; in t it has a term of t^α there.
    let end = (2.0.squareRoot() * pow(36, 1 / alpha)).squareRoot()
    let parts = 4000
    let step = end / Double(parts)
    var sum = 0.0
    for place in 1...parts {
      let u = Double(place) * step
      let value = 2 * sin(u * u * x) / u * exp(-pow(u * u / 2.0.squareRoot(), alpha))
      sum += value * (place == parts ? 1 : place % 2 == 1 ? 4 : 2)
    }
    return 0.5 + sum * step / 3 / .pi
  }

  /// Three terms of the series of `1 − F(x)` for large x.
  private func tail(_ x: Double) -> Double {
    let y = x * 2.0.squareRoot()
    let first = tgamma(alpha) * sin(.pi * alpha / 2) * pow(y, -alpha)
    let second = tgamma(2 * alpha) / 2 * sin(.pi * alpha) * pow(y, -2 * alpha)
    let third = tgamma(3 * alpha) / 6 * sin(.pi * 1.5 * alpha) * pow(y, -3 * alpha)
    return (first - second + third) / .pi
  }

  /// A number of this law.
  package func draw(using random: inout RandomSource) -> Double {
    stretch(using: &random) * random.normal()
  }

  /// √A, by which a standard normal vector becomes one whose every projection has this law: A is positive, stable with
  /// index α/2 and Laplace transform `exp(−γ^(α/2))`.
  ///
  /// Source: Kanter, "Stable densities under change of scale and total variation inequalities", 1975.
  func stretch(using random: inout RandomSource) -> Double {
    guard alpha < 2 else { return 1 }
    let beta = alpha / 2
    let angle = Double.pi * max(random.uniform(), 0x1p-53)
    let waiting = -log(1 - random.uniform())
    let first = sin(beta * angle) / pow(sin(angle), 1 / beta)
    let second = pow(sin((1 - beta) * angle) / max(waiting, 0x1p-100), (1 - beta) / beta)
    return (first * second).squareRoot()
  }
}
