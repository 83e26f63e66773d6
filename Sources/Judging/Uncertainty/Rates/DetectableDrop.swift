import Requirements

/// The smallest drop in a rate that a test set of `n` examples can be expected to show.
///
/// A set of eight positives cannot tell a recall of .9 from one of .7; these two numbers say so
/// before anyone reads a difference into it.
public struct DetectableDrop: Sendable, Equatable, Codable {
  /// Against a known rate; `nil` where no drop could be shown, not even to 0.
  public let againstKnown: Double?
  /// Between two models on the same examples; `nil` where no drop could be shown.
  public let paired: Double?
  /// Probability of a false alarm.
  public let significance: Double
  /// Probability that a drop of this size is shown.
  public let power: Double

  enum CodingKeys: String, CodingKey {
    case againstKnown = "against_known"
    case paired, significance, power
  }

  /// The drops that exact one-sided tests can show.
  ///
  /// - `againstKnown`: the binomial test of `H₀: p ≥ p₀`, with `p₀ = k/n`. It rejects at `c` successes or
  ///   fewer, the largest `c` with `P(X ≤ c | p₀) ≤ α`. It has power `1 − β` where
  ///   `P(X ≤ c | p₁) = 1 − β`, so `p₁` is the `β` quantile of `Beta(c + 1, n − c)`; the drop is `p₀ − p₁`.
  /// - `paired`: McNemar's exact test where the new model loses examples and wins none, its best case.
  ///   It rejects from `m` lost examples on, the smallest `m` with `2⁻ᵐ ≤ α`. The drop is the part `δ`
  ///   lost with `P(Bin(n, δ) ≥ m) = 1 − β`: the `1 − β` quantile of `Beta(m, n − m + 1)`. It is `nil`
  ///   where it would be above `p₀`.
  ///
  /// Source: the exact power function of the binomial test, Lehmann and Romano, "Testing statistical
  /// hypotheses", section 3.4; McNemar, Psychometrika 12, 1947.
  ///
  /// - Parameters:
  ///   - correct: `k`, examples that are right today, `0...n`.
  ///   - trials: `n`, examples of the class, at least 1.
  ///   - significance: `α`, between 0 and 1.
  ///   - power: `1 − β`, between 0 and 1.
  /// - Precondition: `0 ≤ correct ≤ trials`, `trials ≥ 1`; both probabilities strictly between 0 and 1.
  public init(
    correct: Int, of trials: Int, significance: Double = 0.05, power: Double = 0.8
  ) {
    require(
      trials >= 1 && (0...trials).contains(correct),
      "DetectableDrop: expected correct in 0...n and n of at least 1, got \(correct) of \(trials)")
    require(
      significance > 0 && significance < 1 && power > 0 && power < 1,
      "DetectableDrop: expected probabilities between 0 and 1, got \(significance) and \(power)")
    let rate = Double(correct) / Double(trials)
    againstKnown = Self.againstKnown(rate, trials, significance, power)
    paired = Self.paired(rate, trials, significance, power)
    self.significance = significance
    self.power = power
  }

  private static func againstKnown(
    _ rate: Double, _ trials: Int, _ significance: Double, _ power: Double
  ) -> Double? {
    let null = Binomial(trials: trials, probability: rate)
    // The largest c with P(X ≤ c) ≤ α, by bisection: the distribution function rises with c.
    var (low, high) = (-1, trials)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if null.atMost(middle) <= significance { low = middle } else { high = middle }
    }
    guard low >= 0 else { return nil }
    return rate - betaQuantile(1 - power, Double(low + 1), Double(trials - low))
  }

  private static func paired(
    _ rate: Double, _ trials: Int, _ significance: Double, _ power: Double
  ) -> Double? {
    var (lost, tail) = (0, 1.0)
    while tail > significance {
      lost += 1
      tail /= 2
    }
    guard lost <= trials else { return nil }
    let drop = betaQuantile(power, Double(lost), Double(trials - lost + 1))
    return drop <= rate ? drop : nil
  }
}
