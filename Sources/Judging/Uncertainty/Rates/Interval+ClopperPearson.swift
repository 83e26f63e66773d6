public import Evaluation
import Requirements

/// Which interval a rate (recall, precision, specificity, accuracy) gets.
///
/// Wilson's holds the truth in the stated part of repetitions on average over rates, and is the
/// narrower one; it can fall a few points short for rates near 0 or 1. Clopper and Pearson's never
/// falls short, for any rate and any `n`, and pays with width: take it where a claim must stand up.
/// `Results/coverage.md` has both at n = 8, 30 and 300.
public enum RateInterval: String, Sendable, Codable, CaseIterable {
  /// Wilson's score interval.
  case wilson
  /// Clopper and Pearson's exact interval.
  case clopperPearson = "clopper-pearson"

  /// The interval of `k` successes in `n` trials; `nil` without trials.
  ///
  /// - Parameters:
  ///   - successes: `k`, `0...n`.
  ///   - trials: `n`, at least 0.
  ///   - level: Coverage, between 0 and 1, both excluded.
  /// - Precondition: `0 ≤ successes ≤ trials`, and `level` lies strictly between 0 and 1.
  public func callAsFunction(
    _ successes: Int, of trials: Int, level: Double = 0.95
  ) -> Interval? {
    switch self {
    case .wilson: .wilson(successes, of: trials, level: level)
    case .clopperPearson: .clopperPearson(successes, of: trials, level: level)
    }
  }
}

extension Interval {
  /// The exact interval of a proportion, `k` successes in `n` trials; `nil` without trials.
  ///
  /// Its ends are the probabilities at which `k` or more, and `k` or fewer, successes happen with
  /// probability `(1 − level)/2`: quantiles of `Beta(k, n − k + 1)` and `Beta(k + 1, n − k)`.
  ///
  /// Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case
  /// of the binomial", Biometrika 26, 1934.
  ///
  /// - Parameters:
  ///   - successes: `k`, `0...n`.
  ///   - trials: `n`, at least 0.
  ///   - level: Coverage, between 0 and 1, both excluded.
  /// - Precondition: `0 ≤ successes ≤ trials`, and `level` lies strictly between 0 and 1.
  public static func clopperPearson(
    _ successes: Int, of trials: Int, level: Double = 0.95
  ) -> Interval? {
    require(
      successes >= 0 && successes <= trials,
      "Interval.clopperPearson: expected successes in 0...\(trials), got \(successes)")
    require(
      level > 0 && level < 1,
      "Interval.clopperPearson: expected a level between 0 and 1, got \(level)")
    guard trials > 0 else { return nil }
    let (k, n, tail) = (Double(successes), Double(trials), (1 - level) / 2)
    return Interval(
      low: successes == 0 ? 0 : betaQuantile(tail, k, n - k + 1),
      high: successes == trials ? 1 : betaQuantile(1 - tail, k + 1, n - k), level: level)
  }
}
