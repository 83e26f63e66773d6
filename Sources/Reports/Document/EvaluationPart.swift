public import Evaluation

/// Results on one part of the data.
public struct EvaluationPart: Codable, Sendable, Equatable {
  /// `test`, `val`, or what the user called it.
  public var split: String
  /// All metrics.
  public var metrics: MetricsReport
  /// ROC and precision–recall curves by class, `[C]`; empty without predictions.
  public var curves: [ClassCurves]
  /// Results by subgroup; empty where the predictions carry no attribute.
  public var subgroups: [Subgroup]
  /// The most confident mistakes; `nil` without predictions.
  public var failures: FailureCases?

  /// Results of their parts.
  public init(
    split: String, metrics: MetricsReport, curves: [ClassCurves] = [], subgroups: [Subgroup] = [],
    failures: FailureCases? = nil
  ) {
    (self.split, self.metrics, self.curves) = (split, metrics, curves)
    (self.subgroups, self.failures) = (subgroups, failures)
  }
}
