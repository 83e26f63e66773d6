import Foundation
import Requirements

/// The regularised incomplete beta function `I_x(a, b)`: the probability that a `Beta(a, b)` number
/// is at most `x`.
///
/// With whole `k` it is the upper tail of a binomial: `P(X ≥ k) = I_p(k, n − k + 1)`.
///
/// Source: the continued fraction of Abramowitz and Stegun 26.5.8, by Lentz's method; the factor
/// before it from ``binomialTerm(_:of:probability:)``, so that a million trials lose no digits.
///
/// - Parameters:
///   - x: 0…1.
///   - a: Positive.
///   - b: Positive.
/// - Precondition: `x` lies in 0…1; `a` and `b` are positive and finite.
package func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  require(
    x >= 0 && x <= 1 && a > 0 && b > 0 && a.isFinite && b.isFinite,
    "incompleteBeta: expected x in 0...1 and positive a, b, got \(x), \(a), \(b)")
  if x == 0 || x == 1 { return x }
  // The fraction converges fast below the mean; above it the mirror image does.
  if x > (a + 1) / (a + b + 2) { return 1 - lowerTail(1 - x, b, a) }
  return lowerTail(x, a, b)
}

/// The number that a `Beta(a, b)` number falls below with the given probability.
///
/// Newton's method kept within a shrinking bracket; agrees with `scipy.stats.beta.ppf` to 1e-10.
///
/// - Parameters:
///   - probability: 0…1.
///   - a: Positive.
///   - b: Positive.
/// - Precondition: `probability` lies in 0…1; `a` and `b` are positive and finite.
package func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
  require(
    probability >= 0 && probability <= 1,
    "betaQuantile: expected a probability in 0...1, got \(probability)")
  if probability == 0 || probability == 1 { return probability }
  var (low, high) = (0.0, 1.0)
  var x = a / (a + b)
  for _ in 0..<400 {
    let error = incompleteBeta(x, a, b) - probability
    if error < 0 { low = x } else { high = x }
    let density = binomialTerm(a, of: a + b, probability: x) * a * b / (a + b) / (x * (1 - x))
    let newton = x - error / density
    let next = newton > low && newton < high ? newton : (low + high) / 2
    if abs(next - x) <= 4 * .ulpOfOne * x || high - low <= .leastNormalMagnitude { return next }
    x = next
  }
  return x
}

/// `I_x(a, b)` for `x` at most about the mean.
private func lowerTail(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let front = binomialTerm(a, of: a + b, probability: x) * b / (a + b)
  var c = 1.0
  var d = 1 / held(1 - (a + b) * x / (a + 1))
  var fraction = d
  for m in stride(from: 1.0, to: 100_000, by: 1) {
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / held(1 + even * d)
    c = held(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / held(1 + odd * d)
    c = held(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < .ulpOfOne { break }
  }
  return front * fraction
}

/// Lentz's guard: a denominator that is never 0.
private func held(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
