package import Console
import Evaluation
package import Runs
import Uncertainty

/// Metrics over the folds of a cross-fit, as people read them.
package enum FoldText {
  /// The numbers of most use, in this order.
  private static let metrics = [
    "mcc", "balanced_accuracy", "f1_macro", "roc_auc_ovr", "average_precision", "accuracy",
    "average_precision_macro", "roc_auc_macro", "f1_macro_stored", "subset_accuracy",
    "average_precision_macro_studies", "roc_auc_macro_studies", "mae", "rmse", "r2",
    "pearson", "interval_coverage",
  ]

  /// A row a metric: mean, interval, deviation, and the value in each fold.
  package static func text(_ record: FoldsRecord, style: Style = .plain) -> String {
    let level = record.metrics.values.compactMap { $0.interval?.level }.first ?? 0.95
    var table = TextTable(
      [
        .left("over folds"), .right("mean"), .right("\(EstimateText.level(level)) interval"),
        .right("sd"),
      ] + record.names.map { .right("fold \($0)") })
    for name in metrics {
      guard let metric = record.metrics[name] else { continue }
      table.add(
        [
          name, Format.decimal(metric.mean),
          metric.interval.map { EstimateText.span($0.low, $0.high, places: 3) } ?? "n/a",
          Format.decimal(metric.deviation),
        ] + metric.values.map { Format.decimal($0) })
    }
    return """
      over \(record.names.count) folds, mean with its interval, training on other data included:

      \(table.text(style: style))
      """
  }
}
