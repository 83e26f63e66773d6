import Requirements

/// Probability that a Student-t variable is at least as far from 0 as `t`: the two-sided p-value.
///
/// `I_x(ν/2, ½)` at `x = ν/(ν + t²)`; agrees with `2 · scipy.stats.t.sf(|t|, ν)` to 1e-10.
///
/// - Parameters:
///   - t: Any number.
///   - freedom: Degrees of freedom ν, above 0, whole or not.
/// - Precondition: `freedom` is positive and finite.
package func studentTail(_ t: Double, freedom: Double) -> Double {
  require(
    freedom > 0 && freedom.isFinite,
    "studentTail: expected positive degrees of freedom, got \(freedom)")
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}
