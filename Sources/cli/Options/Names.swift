/// Names of the metrics that can pick the best epoch.
package enum SelectionMetrics {
  package static let all = [
    "mcc", "balanced_accuracy", "f1_macro", "cohen_kappa_quadratic", "roc_auc_ovr", "loss",
  ]
  package static var names: String { all.joined(separator: ", ") }
}
