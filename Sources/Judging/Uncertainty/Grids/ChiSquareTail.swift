import Foundation
import Requirements

/// Probability that a χ² variable is at least `x`, of whole degrees of freedom ν.
///
/// With even ν `e^(−x/2) Σ_{i < ν/2} (x/2)^i / i!`, with odd ν
/// `erfc √(x/2) + e^(−x/2) Σ_{i < (ν−1)/2} (x/2)^(i+½) / Γ(i + 3/2)`; agrees with `scipy.stats.chi2.sf`.
///
/// - Parameters:
///   - x: At least 0.
///   - freedom: ν, at least 1.
/// - Precondition: as stated.
package func chiSquareTail(_ x: Double, freedom: Int) -> Double {
  require(
    x >= 0 && freedom >= 1,
    "chiSquareTail: expected x of at least 0 and at least 1 degree of freedom, got \(x), \(freedom)"
  )
  let half = x / 2
  let isOdd = freedom % 2 == 1
  var term = isOdd ? exp(-half) * half.squareRoot() / (Double.pi.squareRoot() / 2) : exp(-half)
  var sum = isOdd ? erfc(half.squareRoot()) : 0
  for place in 0..<freedom / 2 {
    sum += term
    term *= half / (Double(place) + (isOdd ? 1.5 : 1))
  }
  return min(1, sum)
}
