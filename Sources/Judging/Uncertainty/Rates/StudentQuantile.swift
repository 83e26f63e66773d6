import Requirements

/// The number that a Student-t variable stays below in size with a stated probability: the half width, in
/// standard errors, of an interval of that level.
///
/// With `T² = ν (1 − x) / x`, `x` is a `Beta(ν/2, ½)` number; agrees with `scipy.stats.t.ppf` to 1e-9.
///
/// - Parameters:
///   - level: Probability of `|T| ≤ t`, between 0 and 1, both excluded.
///   - freedom: Degrees of freedom ν, at least 1.
/// - Precondition: `level` lies strictly between 0 and 1, `freedom` is at least 1.
package func studentQuantile(level: Double, freedom: Int) -> Double {
  require(
    level > 0 && level < 1 && freedom >= 1,
    "studentQuantile: expected a level between 0 and 1 and at least 1 degree of freedom, got \(level)"
      + " and \(freedom)")
  let ν = Double(freedom)
  let x = betaQuantile(1 - level, ν / 2, 0.5)
  return (ν * (1 - x) / x).squareRoot()
}
