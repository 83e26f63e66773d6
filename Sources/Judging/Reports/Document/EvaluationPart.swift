public import Evaluation
public import Runs
public import Uncertainty

/// Results on one part of the data.
public struct EvaluationPart: Codable, Sendable, Equatable {
  /// `test`, `val`, or what the user called it.
  public var split: String
  /// All metrics, with intervals where there are any.
  public var judgement: Judgement
  /// ROC and precision–recall curves by class, `[C]`; empty without predictions.
  public var curves: [ClassCurves]
  /// Decision curves and metrics by prevalence of the rarest classes; `nil` without predictions.
  public var thresholdCurves: [ThresholdCurves]?
  /// Results by attribute (sex, site, scanner); empty where the predictions carry no attribute.
  public var subgroups: [SubgroupAssessment]
  /// The most confident mistakes; `nil` without predictions.
  public var failures: FailureCases?

  /// Reliability, operating points, predictive values and sets, of the leading part; `nil` without
  /// predictions.
  public var decisions: DecisionPart?

  /// All metrics.
  public var metrics: MetricsReport { judgement.report }

  enum CodingKeys: String, CodingKey {
    case split, curves, subgroups, failures, decisions
    case judgement = "metrics"
    case thresholdCurves = "threshold_curves"
  }

  /// Results of their parts.
  public init(
    split: String, judgement: Judgement, curves: [ClassCurves] = [],
    thresholdCurves: [ThresholdCurves]? = nil, subgroups: [SubgroupAssessment] = [],
    failures: FailureCases? = nil, decisions: DecisionPart? = nil
  ) {
    self.decisions = decisions
    (self.split, self.judgement, self.curves) = (split, judgement, curves)
    self.thresholdCurves = thresholdCurves
    (self.subgroups, self.failures) = (subgroups, failures)
  }
}
