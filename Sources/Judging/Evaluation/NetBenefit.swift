import Requirements

/// What acting on a model is worth, in true positives per example: decision curve analysis.
///
/// Somebody who acts from a probability of `t` on holds one missed case to be as bad as
/// `(1 − t)/t` needless interventions. Then `NB(t) = TP/n − FP/n · t/(1 − t)`. A model is of use at
/// `t` where this is above both acting on everybody and acting on nobody, which is worth 0.
///
/// Source: Vickers and Elkin, "Decision curve analysis", Medical Decision Making 26, 2006.
public struct NetBenefit: Sendable, Equatable, Codable {
  /// Probability from which somebody acts, between 0 and 1.
  public let threshold: Double
  /// Worth of acting on the model.
  public let model: Double
  /// Worth of acting on everybody.
  public let all: Double
  /// Interventions avoided against acting on everybody, per example, no case missed more:
  /// `(NB − NB_all) · (1 − t)/t`.
  public var interventionsAvoided: Double { (model - all) * (1 - threshold) / threshold }
}

extension ScoreRanking {
  /// Worth of acting from a probability on; scores must be probabilities for it to mean anything.
  ///
  /// - Parameter threshold: Probability, strictly between 0 and 1.
  /// - Returns: The worth; `nil` without examples.
  /// - Precondition: `threshold` lies strictly between 0 and 1.
  public func netBenefit(at threshold: Double) -> NetBenefit? {
    require(
      threshold > 0 && threshold < 1,
      "ScoreRanking.netBenefit: expected a threshold between 0 and 1, got \(threshold)")
    guard total > 0 else { return nil }
    let (point, odds) = (point(atThreshold: threshold), threshold / (1 - threshold))
    func worth(_ hits: Int, _ alarms: Int) -> Double {
      (Double(hits) - Double(alarms) * odds) / Double(total)
    }
    return NetBenefit(
      threshold: threshold, model: worth(point.truePositives, point.falsePositives),
      all: worth(positives, negatives))
  }

  /// The decision curve: net benefit at each threshold.
  ///
  /// - Parameter thresholds: Probabilities, `[T]`, strictly between 0 and 1.
  /// - Precondition: every threshold lies strictly between 0 and 1.
  public func decisionCurve(_ thresholds: [Double]) -> [NetBenefit] {
    thresholds.compactMap(netBenefit)
  }
}
