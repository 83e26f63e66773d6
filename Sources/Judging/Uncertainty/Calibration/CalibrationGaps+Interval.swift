package import Evaluation
import Foundation
import Requirements

extension CalibrationGaps {
  /// An interval of the calibration error that takes out what sampling adds to it.
  ///
  /// A calibration error `T` is a sum of sizes of gaps, and every gap that sampling makes adds to it. With the
  /// true gaps `c a_b` and standard errors `s_b` the sum of folded normals has the mean `μ(c)` and, were bins
  /// independent, the variance `V(c)`; its standard deviation is taken as `σ √(V(c)/V)` with that of the resamples, `σ`, and
  /// `V` of the gaps as seen. An end is the error `c Σ a_b` at which `T` is `z` deviations from `μ(c)`.
  ///
  /// Which bins hold the error is not known, so each end takes the shape that is more careful. For the lower one
  /// `s_b` is the larger of what is seen and what right probabilities would make, and `a_b = |g_b| √(1 − s_b²/g_b²)`, 0
  /// where that is not real; it is 0 where no error at all would explain what is seen. For the upper one `s_b` is what
  /// is seen and `a_b = |g_b|`; it is at least `T`.
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
    let z = -normalQuantile(max(tail, 1e-300))
    let careful = zip(errors, expected).map { max($0, $1) }
    let below = Family(
      sizes: zip(gaps, careful).map { max(0, $0 * $0 - $1 * $1).squareRoot() }, errors: careful,
      seen: gaps, deviation: deviation, divisor: divisor)
    let above = Family(
      sizes: gaps.map(abs), errors: errors, seen: gaps, deviation: deviation, divisor: divisor)
    let low = below.error(where: { $0 <= z }, of: error)
    let high = above.error(where: { $0 <= -z }, of: error)
    return Interval(low: min(error, low), high: max(error, min(1, high)), level: level)
  }
}

/// True gaps in fixed proportions.
private struct Family {
  let sizes: [Double]
  let errors: [Double]
  let deviation: Double
  let divisor: Double
  private let seen: Double

  init(
    sizes: [Double], errors: [Double], seen gaps: [Double], deviation: Double, divisor: Double
  ) {
    (self.sizes, self.errors) = (sizes, errors)
    (self.deviation, self.divisor) = (deviation, divisor)
    seen = Self.moments(gaps, errors, scale: 1).variance
  }

  private static func moments(
    _ sizes: [Double], _ errors: [Double], scale: Double
  ) -> (mean: Double, variance: Double) {
    zip(sizes, errors).reduce(into: (0.0, 0.0)) { sums, bin in
      let folded = FoldedNormal(mean: scale * bin.0, deviation: bin.1)
      sums.0 += folded.mean
      sums.1 += folded.variance
    }
  }

  /// How far an error that is seen is above what a scale leads one to expect, in standard deviations.
  private func excess(_ scale: Double, of error: Double) -> Double {
    let (mean, variance) = Self.moments(sizes, errors, scale: scale)
    let ratio = seen > 0 ? (variance / seen).squareRoot() : 1
    return (error - mean / divisor) / max(deviation * ratio, .leastNormalMagnitude)
  }

  /// The smallest error of the family from which on the excess is as wanted, by doubling and halving.
  func error(where isWanted: (Double) -> Bool, of error: Double) -> Double {
    let size = sizes.reduce(0, +) / divisor
    guard size > 0, !isWanted(excess(0, of: error)) else { return 0 }
    var (low, high) = (0.0, 1.0)
    while !isWanted(excess(high, of: error)), high < 1e9 { (low, high) = (high, 2 * high) }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if isWanted(excess(middle, of: error)) { high = middle } else { low = middle }
    }
    return high * size
  }
}
