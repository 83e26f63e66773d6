package import Evaluation
import Foundation
import Requirements

extension CalibrationGaps {
  /// An interval of the calibration error that takes out what sampling adds to it.
  ///
  /// A calibration error `T` is a sum of sizes of gaps, and every gap that sampling makes adds to it. With the
  /// true gaps `c g̃_b` the sum of folded normals has the mean `μ(c)` and, were bins independent, the variance
  /// `V(c)`; its standard deviation is taken as `σ √(V(c)/V)` with that of the resamples, `σ`, and `V` of the gaps
  /// as seen. The interval holds the errors `θ(c) = c Σ|g̃_b|` for which `|T − μ(c)| ≤ z σ(c)`, with
  /// `g̃_b = g_b √(1 − s_b²/g_b²)`, 0 where that is not real, and `g_b` where all are. Its lower end is 0 where no error
  /// at all would explain what is seen. The upper end is at least `T`.
  ///
  /// Source: Leone, Nelson and Nottingham, Technometrics 3, 1961, for the moments; that the plug-in error is too
  /// large by those of noise: Kumar, Liang and Ma, "Verified uncertainty calibration", NeurIPS 2019. The scale
  /// family is this package's.
  ///
  /// - Parameters:
  ///   - deviation: σ, the standard deviation of the error over resamples, above 0.
  ///   - tail: Part left out on a side, between 0 and ½.
  ///   - level: Coverage that the interval claims.
  package func interval(deviation: Double, tail: Double, level: Double) -> Interval {
    let debiased = zip(gaps, errors).map { max(0, $0 * $0 - $1 * $1).squareRoot() }
    let isLost = debiased.allSatisfy { $0 == 0 }
    let shape = isLost ? gaps.map(abs) : debiased
    let size = shape.reduce(0, +) / divisor
    let seen = moments(gaps, scale: 1).variance
    let z = -normalQuantile(max(tail, 1e-300))
    /// How far the error seen is above what a scale leads one to expect, in standard deviations.
    func excess(_ scale: Double) -> Double {
      let (mean, variance) = moments(shape, scale: scale)
      let ratio = seen > 0 ? (variance / seen).squareRoot() : 1
      return (error - mean) / max(deviation * ratio, .leastNormalMagnitude)
    }
    guard size > 0 else { return Interval(low: 0, high: max(error, z * deviation), level: level) }
    let low = excess(0) <= z ? 0 : Self.scale(where: { excess($0) <= z })
    let high = Self.scale(where: { excess($0) < -z })
    return Interval(
      low: min(error, low * size), high: max(error, min(1, high * size)), level: level)
  }

  private func moments(_ shape: [Double], scale: Double) -> (mean: Double, variance: Double) {
    var (mean, variance) = (0.0, 0.0)
    for (gap, error) in zip(shape, errors) {
      let folded = FoldedNormal(mean: scale * gap, deviation: error)
      mean += folded.mean
      variance += folded.variance
    }
    return (mean / divisor, variance / (divisor * divisor))
  }

  /// The smallest scale from which on something holds, by doubling and halving.
  private static func scale(where holds: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    while !holds(high), high < 1e9 { (low, high) = (high, 2 * high) }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
