import Foundation

/// C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ for real `k` in `0...n`, without the cancellation of large log-gammas.
///
/// Source: Loader, "Fast and accurate computation of binomial probabilities", 2000.
///
/// - Parameters:
///   - k: Successes, `0...n`; need not be whole.
///   - n: Trials, above 0.
///   - p: Probability of success, 0…1.
func binomialTerm(_ k: Double, of n: Double, probability p: Double) -> Double {
  if p == 0 { return k == 0 ? 1 : 0 }
  if p == 1 { return k == n ? 1 : 0 }
  if k == 0 { return exp(n * log1p(-p)) }
  if k == n { return exp(n * log(p)) }
  let exponent =
    stirlingError(n) - stirlingError(k) - stirlingError(n - k)
    - deviance(k, expected: n * p) - deviance(n - k, expected: n * (1 - p))
  return exp(exponent) * (n / (2 * .pi * k * (n - k))).squareRoot()
}

/// ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π: what Stirling's formula misses.
private func stirlingError(_ x: Double) -> Double {
  if x < 16 { return logGamma(x + 1) - (x + 0.5) * log(x) + x - 0.5 * log(2 * .pi) }
  let square = x * x
  let series = 1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square
  return (1.0 / 12 - (1.0 / 360 - series / square) / square) / x
}

/// x ln(x / m) + m − x, accurate where `x` is near `m`.
private func deviance(_ x: Double, expected m: Double) -> Double {
  guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
  let v = (x - m) / (x + m)
  var sum = (x - m) * v
  var power = 2 * x * v
  for divisor in stride(from: 3.0, to: 2000, by: 2) {
    power *= v * v
    let next = sum + power / divisor
    if next == sum { break }
    sum = next
  }
  return sum
}

/// ln Γ(x) for positive `x`.
func logGamma(_ x: Double) -> Double {
  #if canImport(Darwin)
    Foundation.lgamma(x)
  #else
    // The C function with a sign argument: the plain one writes to a global.
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  #endif
}
