public import Evaluation

extension Requirement {
  /// Says so where the bound was meant of the value itself, as in `accuracy >= 0.9`: no second model could
  /// keep it, or none could break it.
  ///
  /// - Parameter first: The metrics of the first model.
  /// - Throws: `RequirementError.ofTheValue`.
  public func check(first: MetricsReport) throws(RequirementError) {
    guard let value = value(in: first), let range = Metric.range(of: metric) else { return }
    let extreme = value + bound
    let isMeantSo =
      switch relation {
      case .atLeast: bound > 0 && extreme > range.upperBound + 1e-12
      case .atMost:
        bound < 0 && extreme < range.lowerBound - 1e-12
          || bound > 0 && extreme >= range.upperBound
      }
    if isMeantSo { throw .ofTheValue(self, first: value) }
  }

  /// Whether the metric is made of scores.
  public var needsScores: Bool {
    Metric.needingScores.contains(metric) || ["roc_auc", "average_precision"].contains(metric)
  }

  private func value(in report: MetricsReport) -> Double? {
    guard let ofClass else { return report[metric] }
    guard let row = report.perClass.first(where: { $0.name == ofClass }) else { return nil }
    switch metric {
    case "recall": return row.recall
    case "f1": return row.f1
    case "roc_auc": return row.rocAUC
    case "average_precision": return row.averagePrecision
    default: return nil
    }
  }

  private var isHigherBetter: Bool { Metric.named(metric)?.higherIsBetter ?? true }

  /// A bound that lets the second model be a little worse.
  var allowance: String { isHigherBetter ? ">= -0.01" : "<= 0.01" }

  /// A bound that makes the second model be a little better.
  var gain: String { isHigherBetter ? ">= 0.01" : "<= -0.01" }
}
