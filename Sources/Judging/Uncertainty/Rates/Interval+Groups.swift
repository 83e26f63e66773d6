public import Evaluation
import Requirements

extension Interval {
  /// Wilson's interval of a rate of examples of which some belong together, such as the images of a patient.
  ///
  /// The examples count for as many independent ones as would vary as much: with `x_g` of `m_g` examples of
  /// group `g` flagged, `N` in all and `p` the rate, the variance of `p` is
  /// `v = G/(G − 1) · Σ_g (x_g − p m_g)² / N²`, and they count for `p(1 − p)/v · (z/t)²`, at most `N`, with `t`
  /// Student's quantile of `G − 1`. Where all or none are flagged, or there is one group, each group counts
  /// for one; and no interval ends nearer to 1 (or 0) than that of so many groups without exception, for a
  /// single exception shows no correlation.
  ///
  /// Source: Korn and Graubard, "Confidence intervals for proportions with small expected number of positive
  /// counts estimated from survey data", Survey Methodology 24, 1998, with Wilson's interval in place of
  /// Clopper's and Pearson's.
  ///
  /// - Parameters:
  ///   - flags: Whether it happened, `[N]`.
  ///   - groups: Group of each, `[N]`; an empty one stands for itself. `nil` takes all as independent.
  ///   - level: Coverage, between 0 and 1.
  /// - Returns: `nil` without examples.
  /// - Precondition: the lengths agree, and `level` lies strictly between 0 and 1.
  public static func wilson(
    _ flags: [Bool], groups: [String]?, level: Double = 0.95
  ) -> Interval? {
    let (count, hits) = (flags.count, flags.count { $0 })
    guard let groups else { return wilson(hits, of: count, level: level) }
    require(
      groups.count == count, "Interval.wilson: expected \(count) groups, got \(groups.count)")
    guard count > 0, let worth = effectiveSize(flags, groups: groups, level: level) else {
      return wilson(hits, of: count, level: level)
    }
    let (size, units) = (worth.size, Double(worth.groups))
    guard let own = wilson(Double(hits) / Double(count) * size, of: size, level: level),
      let all = wilson(units, of: units, level: level),
      let none = wilson(0, of: units, level: level)
    else { return nil }
    return Interval(low: min(own.low, all.low), high: max(own.high, none.high), level: level)
  }

  /// For how many independent examples the flags count, as ``wilson(_:groups:level:)`` has it, and the number of
  /// groups; `nil` where no two belong together.
  ///
  /// - Parameters:
  ///   - flags: Whether it happened, `[N]`, N at least 1.
  ///   - groups: Group of each, `[N]`; an empty one stands for itself.
  ///   - level: Two-sided coverage that Student's quantile is taken for.
  package static func effectiveSize(
    _ flags: [Bool], groups: [String], level: Double
  ) -> (size: Double, groups: Int)? {
    let sums = grouped(flags, groups)
    guard sums.count < flags.count else { return nil }
    let size = effectiveSize(sums, hits: flags.count { $0 }, of: flags.count, level: level)
    return (size, sums.count)
  }

  private static func grouped(
    _ flags: [Bool], _ groups: [String]
  ) -> [(hits: Double, all: Double)] {
    var places: [String: Int] = [:]
    var sums: [(hits: Double, all: Double)] = []
    for (flag, group) in zip(flags, groups) {
      let place = group.isEmpty ? sums.count : places[group] ?? sums.count
      if place == sums.count {
        if !group.isEmpty { places[group] = place }
        sums.append((0, 0))
      }
      sums[place].all += 1
      sums[place].hits += flag ? 1 : 0
    }
    return sums
  }

  private static func effectiveSize(
    _ sums: [(hits: Double, all: Double)], hits: Int, of count: Int, level: Double
  ) -> Double {
    let (n, groups) = (Double(count), Double(sums.count))
    let rate = Double(hits) / n
    guard hits > 0, hits < count, groups > 1 else { return groups }
    let squares = sums.reduce(0.0) { sum, group in
      let rest = group.hits - rate * group.all
      return sum + rest * rest
    }
    let variance = groups / (groups - 1) * squares / (n * n)
    let normal = normalQuantile((1 + level) / 2)
    let student = studentQuantile((1 + level) / 2, freedom: groups - 1)
    return min(n, rate * (1 - rate) / variance * (normal / student) * (normal / student))
  }
}

/// The number that Student's t with so many degrees of freedom falls below with a probability above ½.
///
/// With `B ~ Beta(ν/2, ½)`, `T² = ν (1 − B)/B`.
package func studentQuantile(_ probability: Double, freedom: Double) -> Double {
  let beta = betaQuantile(2 * (1 - probability), freedom / 2, 0.5)
  return (freedom * (1 - beta) / beta).squareRoot()
}
