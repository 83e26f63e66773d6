/// The metric that decides which epoch is the best (`--eval-metric`).
public enum SelectionMetric: String, Sendable, Codable, CaseIterable {
  /// Matthews' correlation coefficient.
  case mcc
  /// Mean recall over classes in the truth.
  case balancedAccuracy = "balanced_accuracy"
  /// Mean F1 over classes in truth or prediction.
  case f1Macro = "f1_macro"
  /// Agreement beyond chance of ordered classes; who selects by it says that the classes are ordered.
  case cohenKappaQuadratic = "cohen_kappa_quadratic"
  /// Mean one-versus-rest area under the ROC curve.
  case rocAUC = "roc_auc_ovr"
  /// Cross-entropy on the validation set, in nats.
  case loss
  /// Of several labels: mean average precision over labels that some validation example has.
  case averagePrecisionMacro = "average_precision_macro"
  /// Of several labels: mean area under the ROC curve over labels.
  case rocAUCMacro = "roc_auc_macro"
  /// Of numbers: mean absolute error, in units of the number.
  case mae
  /// Of numbers: root of the mean squared error, in units of the number.
  case rmse

  /// Key of the metric in a report: the name, but `log_loss` for `loss`.
  public var reportKey: String { self == .loss ? "log_loss" : rawValue }

  /// Whether it takes the order of the classes for one of grades.
  public var isOfOrder: Bool { Metric.ofOrder.contains(reportKey) }

  /// Those that epochs can be selected by where an example may have several labels.
  public static let ofLabels: [SelectionMetric] = [.averagePrecisionMacro, .rocAUCMacro, .f1Macro]

  /// Whether it is one of several labels alone.
  public var isOfLabels: Bool { self == .averagePrecisionMacro || self == .rocAUCMacro }

  /// Those that epochs can be selected by where the target is a number.
  public static let ofNumbers: [SelectionMetric] = [.mae, .rmse]

  /// Whether it is one of numbers.
  public var isOfNumbers: Bool { Self.ofNumbers.contains(self) }

  /// Whether a larger value is a better one.
  public var higherIsBetter: Bool { self != .loss && !isOfNumbers }

  /// Its value in a report; `nil` where undefined.
  public func value(in report: MetricsReport) -> Double? { report[reportKey] }

  /// Whether `value` is strictly better than the best so far; an undefined value never is.
  ///
  /// - Parameters:
  ///   - value: This epoch's value; `nil` or NaN where undefined.
  ///   - best: The best value so far, or `nil` before the first.
  public func improves(_ value: Double?, on best: Double?) -> Bool {
    guard let value, !value.isNaN else { return false }
    guard let best else { return true }
    return higherIsBetter ? value > best : value < best
  }
}
