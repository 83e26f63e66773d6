import Evaluation
import Foundation
import Requirements

/// How an interval is read off the resamples.
public enum BootstrapMethod: String, Sendable, Codable, CaseIterable {
  /// The middle part of the resamples.
  case percentile
  /// The middle part, moved for bias and skewness: bias-corrected and accelerated.
  case bca
  /// The middle part mirrored at the estimate, for a statistic that is too high in every small sample.
  case basic
}

/// An interval from resamples; `nil` where the estimate is undefined, where fewer than half of the
/// resamples define the statistic, or where all of them give the same value, but for rounding.
///
/// The last is the rule for a perfect result: every resample of examples that are all right is all right,
/// and `[1, 1]` would claim a certainty that eight examples do not give.
///
/// With `G` the resamples that define the statistic and `α` half of what the level leaves out, the
/// percentile interval is the `α` and `1 − α` quantiles of `G`. BCa takes them at
/// `Φ(z₀ + (z₀ + z)/(1 − a (z₀ + z)))` with `z = ±z_{1−α}`, where `z₀` is the normal quantile of the part of
/// `G` below the estimate, ties one half. Where `|z₀| > 1` the estimate lies in the outer sixth of the resamples,
/// and BCa would move on to where there are hardly any: the percentile interval is given in its place, and named
/// so. An end that would leave the estimate outside is moved to it.
///
/// With ν degrees of freedom `α` is made smaller, to `Φ(−t_ν √((ν + 1)/ν))` with the quantile `t_ν` of Student's
/// distribution: the resamples' spread is that of a plug-in variance, too small by `ν/(ν + 1)` on average, and
/// itself uncertain.
///
/// The basic interval is `2 θ − q` for both quantiles `q`: a calibration error is as much too high in
/// the resamples over the set as in the set over the truth, and the mirror takes both out.
///
/// Source: Efron, "Better bootstrap confidence intervals", JASA 82, 1987; Davison and Hinkley,
/// "Bootstrap methods and their application", 1997, section 5.2; for ν Hesterberg, "What teachers should know about
/// the bootstrap", The American Statistician 69, 2015, section 3.
///
/// - Parameters:
///   - estimate: On the set itself; NaN where undefined.
///   - resampled: On each resample, `[B]`; NaN where undefined.
///   - acceleration: `a`, for BCa.
///   - freedom: ν, at least 1; infinite for none of that.
///   - method: Which interval.
///   - level: Coverage, between 0 and 1, both excluded.
package func bootstrapInterval(
  estimate: Double, resampled: [Double], acceleration: Double, freedom: Double = .infinity,
  method: BootstrapMethod, level: Double
) -> MetricInterval? {
  let sorted = resampled.filter { !$0.isNaN }.sorted()
  guard !estimate.isNaN, 2 * sorted.count >= resampled.count, let low = sorted.first,
    let high = sorted.last, high - low > 1e-12
  else { return nil }
  let tail = expandedTail((1 - level) / 2, freedom: freedom)
  var (lower, upper, used) = (tail, 1 - tail, MetricInterval.Method.percentile)
  if method == .bca, let ends = bcaEnds(estimate, sorted, acceleration, tail) {
    (lower, upper, used) = (ends.0, ends.1, .bca)
  }
  var ends = [quantile(sorted, lower), quantile(sorted, upper)]
  if method == .basic { (ends, used) = ([2 * estimate - ends[1], 2 * estimate - ends[0]], .basic) }
  return MetricInterval(
    low: min(estimate, ends[0]), high: max(estimate, ends[1]), level: level, method: used,
    undefined: resampled.count - sorted.count)
}

/// The part that an interval leaves out on a side, made smaller for `freedom` degrees of freedom; never so small that 1 less
/// it is 1, as of a single degree it would be.
package func expandedTail(_ tail: Double, freedom: Double) -> Double {
  guard freedom.isFinite else { return tail }
  return max(
    1e-12,
    normalProbability(
      -studentQuantile(1 - tail, freedom: freedom) * ((freedom + 1) / freedom).squareRoot()))
}

private func bcaEnds(
  _ estimate: Double, _ sorted: [Double], _ acceleration: Double, _ tail: Double
) -> (Double, Double)? {
  let below = sorted.count { $0 < estimate }
  let upTo = sorted.count { $0 <= estimate }
  let part = Double(below + upTo) / Double(2 * sorted.count)
  guard part > 0, part < 1 else { return nil }
  let shift = normalQuantile(part)
  guard abs(shift) <= 1 else { return nil }
  func moved(_ z: Double) -> Double {
    let sum = shift + z
    return normalProbability(shift + sum / (1 - acceleration * sum))
  }
  let z = normalQuantile(1 - tail)
  let ends = (moved(-z), moved(z))
  return ends.0 < ends.1 ? ends : nil
}

/// Quantile of sorted numbers, linear between neighbours, as `numpy.quantile` has it.
///
/// - Parameters:
///   - sorted: Ascending, at least one, `[n]`.
///   - probability: Between 0 and 1.
package func quantile(_ sorted: [Double], _ probability: Double) -> Double {
  let place = probability * Double(sorted.count - 1)
  let below = min(max(Int(place), 0), sorted.count - 1)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
}

/// Probability that a standard normal variable is at most `z`.
package func normalProbability(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
