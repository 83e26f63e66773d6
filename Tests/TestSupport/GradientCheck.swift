/// Central differences of `function` at `point`: `(f(x + h·eᵢ) - f(x - h·eᵢ)) / 2h` for every `i`.
///
/// - Parameters:
///   - point: `[n]`, away from any kink by more than `step`.
///   - step: `h`; the error is of order `h²` from curvature and `ε / h` from rounding.
public func centralDifferences(
  at point: [Double], step: Double = 1e-5, of function: ([Double]) -> Double
) -> [Double] {
  point.indices.map { i in
    var above = point
    var below = point
    above[i] += step
    below[i] -= step
    return (function(above) - function(below)) / (2 * step)
  }
}

/// Where a stated gradient and central differences of `function` disagree, in words; nil when they
/// agree. Made for `#expect(gradientDifference(…) == nil)`, which prints it.
public func gradientDifference(
  at point: [Double], gradient: [Double], step: Double = 1e-5, relative: Double = 1e-6,
  absolute: Double = 1e-8, of function: ([Double]) -> Double
) -> String? {
  difference(
    gradient, centralDifferences(at: point, step: step, of: function), relative: relative,
    absolute: absolute)
}
