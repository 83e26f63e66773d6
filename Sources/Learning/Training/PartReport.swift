public import Evaluation
public import Targets

/// What a part of the data came to.
public enum PartReport: Sendable {
  /// Of classes.
  case classes(MetricsReport)
  /// Of several labels, without intervals.
  case labels(LabelAssessment)
  /// Of numbers, without intervals.
  case numbers(NumberAssessment)
}

extension Outcome {
  /// Metrics of the parts, where examples have classes.
  public var reports: [String: MetricsReport] {
    parts.compactMapValues { if case .classes(let report) = $0 { report } else { nil } }
  }

  /// The same of several labels.
  public var labelReports: [String: LabelAssessment] {
    parts.compactMapValues { if case .labels(let found) = $0 { found } else { nil } }
  }

  /// The same of numbers.
  public var numberReports: [String: NumberAssessment] {
    parts.compactMapValues { if case .numbers(let found) = $0 { found } else { nil } }
  }
}
