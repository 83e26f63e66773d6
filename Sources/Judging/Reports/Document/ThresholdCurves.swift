public import Evaluation

/// How the use of one class's scores changes with the threshold, and with the prevalence.
public struct ThresholdCurves: Codable, Sendable, Equatable {
  /// Name of the class.
  public var name: String
  /// Examples of the class.
  public var positives: Int
  /// Net benefit by threshold.
  public var decision: [NetBenefit]
  /// Metrics by prevalence.
  public var impact: ImbalanceImpact

  /// Curves of a class.
  public init(name: String, positives: Int, decision: [NetBenefit], impact: ImbalanceImpact) {
    (self.name, self.positives) = (name, positives)
    (self.decision, self.impact) = (decision, impact)
  }
}
