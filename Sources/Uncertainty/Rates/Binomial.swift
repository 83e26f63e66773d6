import Requirements

/// Number of successes in independent trials of one probability.
struct Binomial {
  /// Trials, at least 0.
  let trials: Int
  /// Probability of a success, 0…1.
  let probability: Double

  /// P(X = k).
  func mass(at k: Int) -> Double {
    guard (0...trials).contains(k) else { return 0 }
    guard trials > 0 else { return 1 }
    return binomialTerm(Double(k), of: Double(trials), probability: probability)
  }

  /// P(X ≤ k).
  func atMost(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= trials { return 1 }
    return incompleteBeta(1 - probability, Double(trials - k), Double(k + 1))
  }
}
