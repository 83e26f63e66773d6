import Foundation
package import Randomness
import Requirements

/// Parts of a set that are left out one at a time, to see how skewed a statistic is.
///
/// Each stratum is dealt, at random, into as many parts as it has units, but at most about 400 parts
/// over all strata. Leaving out parts of `d` units estimates the same acceleration as leaving out
/// single ones: the skewness of a mean of `d` is `1/√d` of that of one, and there are `d` times fewer
/// of them, so `skewness / 6√n` stays. What is lost is precision: with 400 parts the standard error of
/// the acceleration is about .001.
///
/// Source: Efron and Tibshirani, "An introduction to the bootstrap", 1993, sections 14.3 and 11.5.
package struct Jackknife: Sendable {
  /// About the most parts over all strata.
  package static let parts = 400

  /// Units to leave out, for each part of each stratum, `[S][G]`.
  package let omitted: [[[Int]]]
  /// Number of units, `n`.
  package let units: Int

  /// The parts of a plan; a stratum of one unit has none, for nothing would be left of it.
  package init(_ plan: ResamplingPlan, key: RandomKey) {
    units = plan.units
    let most = max(2, Self.parts / max(1, plan.strata.count))
    omitted = plan.strata.enumerated().map { index, stratum in
      guard stratum.count > 1 else { return [] }
      let count = min(stratum.count, most)
      var source = key.folding("jackknife").folding(index).source
      var parts = [[Int]](repeating: [], count: count)
      for (place, unit) in source.shuffle(stratum.count).enumerated() {
        parts[place % count].append(stratum[unit])
      }
      return parts
    }
  }

  /// Number of parts over all strata, `G`.
  package var count: Int { omitted.reduce(0) { $0 + $1.count } }

  /// The acceleration `a`, a sixth of the skewness; 0 where the statistic is undefined without some
  /// part, or never changes.
  ///
  /// `U_si = (G_s − 1)(mean_s − θ_(si))`, and
  /// `a = (Σ_s Σ_i U³/G_s³) / (6 (Σ_s Σ_i U²/G_s²)^{3/2})`.
  ///
  /// Source: Efron and Tibshirani, section 14.3; for several strata Davison and Hinkley, "Bootstrap
  /// methods and their application", 1997, section 5.3.
  ///
  /// - Parameter values: The statistic without each part, strata one after the other, `[G]`.
  /// - Precondition: there are `G` values.
  package func acceleration(_ values: [Double]) -> Double {
    require(
      values.count == count, "Jackknife: expected \(count) values, got \(values.count)")
    guard !values.contains(where: \.isNaN) else { return 0 }
    var (cubes, squares, start) = (0.0, 0.0, 0)
    for parts in omitted where !parts.isEmpty {
      let size = Double(parts.count)
      let stratum = values[start..<start + parts.count]
      let mean = stratum.reduce(0, +) / size
      for value in stratum {
        let influence = (size - 1) * (mean - value) / size
        squares += influence * influence
        cubes += influence * influence * influence
      }
      start += parts.count
    }
    return squares == 0 ? 0 : cubes / (6 * squares * squares.squareRoot())
  }

  /// The jackknife's variance, `Σ_s (G_s − 1)/G_s Σ_i (θ_(si) − θ̄_s)²`; `nil` where the statistic is undefined without
  /// some part, and without parts.
  ///
  /// - Parameter values: The statistic without each part, strata one after the other, `[G]`.
  /// - Precondition: there are `G` values.
  package func variance(_ values: [Double]) -> Double? {
    require(values.count == count, "Jackknife: expected \(count) values, got \(values.count)")
    guard count > 0, !values.contains(where: \.isNaN) else { return nil }
    var (variance, start) = (0.0, 0)
    for parts in omitted where !parts.isEmpty {
      let (stratum, size) = (values[start..<start + parts.count], Double(parts.count))
      let mean = stratum.reduce(0, +) / size
      variance += (size - 1) / size * stratum.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      start += parts.count
    }
    return variance
  }

  /// Degrees of freedom ν of the jackknife's variance: of how many equal contributions it is as sure.
  ///
  /// A variance is a sum `V` of squared influences `U²`, and `ν = 2 V² / var V`, with the variance of the sum
  /// from its terms. For normal influences it is the number of units; where few units decide (the images of a
  /// rare class, one large group) it is about as many as they are. From parts of several units `1/ν` is
  /// too large by `1/G − 1/n`, which is taken off. At most `n − S`, at least 1.
  ///
  /// Source: Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics
  /// Bulletin 2, 1946; of influences as Bell and McCaffrey, "Bias reduction in standard errors for linear
  /// regression with multi-stage samples", Survey Methodology 28, 2002, have it of residuals.
  ///
  /// - Parameter values: The statistic without each part, strata one after the other, `[G]`; NaN parts are
  ///   left out.
  /// - Precondition: there are `G` values.
  package func freedom(_ values: [Double]) -> Double {
    require(values.count == count, "Jackknife: expected \(count) values, got \(values.count)")
    var (variance, spread, start, kept) = (0.0, 0.0, 0, 0)
    for parts in omitted where !parts.isEmpty {
      let stratum = values[start..<start + parts.count].filter { !$0.isNaN }
      start += parts.count
      guard stratum.count > 1 else { continue }
      let size = Double(stratum.count)
      let mean = stratum.reduce(0, +) / size
      let squares = stratum.map { ($0 - mean) * ($0 - mean) }
      let sum = squares.reduce(0, +)
      variance += (size - 1) / size * sum
      spread += (size - 1) / size * (squares.reduce(0) { $0 + $1 * $1 } - sum * sum / size)
      kept += stratum.count
    }
    let most = Double(max(1, units - omitted.count))
    guard variance > 0, kept > 1 else { return most }
    let inverse = spread / (2 * variance * variance) - 1 / Double(kept) + 1 / Double(units)
    return min(most, max(1, 1 / max(inverse, 1 / most)))
  }
}
