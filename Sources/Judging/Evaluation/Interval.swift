import Requirements

/// An interval that should hold the true value in a stated part of repetitions.
public struct Interval: Sendable, Equatable, Codable {
  /// Lower end.
  public let low: Double
  /// Upper end.
  public let high: Double
  /// Part of repetitions that should hold the true value, for example 0.95.
  public let level: Double

  /// An interval.
  ///
  /// - Parameters:
  ///   - low: Lower end.
  ///   - high: Upper end, at least `low`.
  ///   - level: Coverage it claims, between 0 and 1.
  public init(low: Double, high: Double, level: Double) {
    self.low = low
    self.high = high
    self.level = level
  }

  /// Wilson's score interval of a proportion, `k` successes in `n` trials; `nil` without trials.
  ///
  /// With `p = k/n` and `z` the normal quantile of `(1 + level)/2`:
  /// `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. Unlike the textbook interval `p ± z·σ` it
  /// keeps within 0…1 and stays sensible for the three examples of a rare class.
  ///
  /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA
  /// 22, 1927. Compared with others in Brown, Cai and DasGupta, Statistical Science 16, 2001.
  ///
  /// - Parameters:
  ///   - successes: `k`, `0...n`.
  ///   - trials: `n`, at least 0.
  ///   - level: Coverage, between 0 and 1, both excluded.
  /// - Precondition: `0 ≤ successes ≤ trials`, and `level` lies strictly between 0 and 1.
  public static func wilson(_ successes: Int, of trials: Int, level: Double = 0.95) -> Interval? {
    require(
      successes >= 0 && successes <= trials,
      "Interval.wilson: expected successes in 0...\(trials), got \(successes)")
    return wilson(Double(successes), of: Double(trials), level: level)
  }

  /// The same of numbers that need not be whole, such as those of examples that are not independent and
  /// count for fewer than they are.
  ///
  /// - Precondition: `0 ≤ k ≤ n`, and `level` lies strictly between 0 and 1.
  package static func wilson(_ k: Double, of n: Double, level: Double) -> Interval? {
    require(
      k >= 0 && k <= n && level > 0 && level < 1,
      "Interval.wilson: expected successes in 0...\(n) and a level between 0 and 1, got \(k) and"
        + " \(level)")
    guard n > 0 else { return nil }
    let z = normalQuantile((1 + level) / 2)
    let centre = (k + z * z / 2) / (n + z * z)
    let half = z / (n + z * z) * (k * (n - k) / n + z * z / 4).squareRoot()
    // The ends are exactly 0 and 1 at the extremes; rounding would leave 1e-17.
    return Interval(
      low: k == 0 ? 0 : centre - half, high: k == n ? 1 : centre + half, level: level)
  }
}
