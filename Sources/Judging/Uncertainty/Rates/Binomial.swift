import Requirements

/// Number of successes in independent trials of one probability.
package struct Binomial {
  /// Trials, at least 0.
  package let trials: Int
  /// Probability of a success, 0…1.
  package let probability: Double

  package init(trials: Int, probability: Double) {
    self.trials = trials
    self.probability = probability
  }

  /// P(X = k).
  package func mass(at k: Int) -> Double {
    guard (0...trials).contains(k) else { return 0 }
    guard trials > 0 else { return 1 }
    return binomialTerm(Double(k), of: Double(trials), probability: probability)
  }

  /// P(X ≤ k).
  package func atMost(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= trials { return 1 }
    return incompleteBeta(1 - probability, Double(trials - k), Double(k + 1))
  }
}
