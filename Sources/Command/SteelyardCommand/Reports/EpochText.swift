import Console
import Foundation
package import Runs

/// One epoch in words.
package enum EpochText {
  /// `epoch 3/30: loss 0.512, val mcc 0.611, f1_macro 0.540, lr 0.01, 0:12, best so far`
  package static func summary(
    _ record: EpochRecord, of epochs: Int, metric: String, seconds: Double
  ) -> String {
    var facts = isFitted(record) ? ["fitted"] : ["loss \(Format.decimal(record.trainLoss))"]
    let isOfLabels = record.validation["average_precision_macro"] != nil
    let usual =
      isOfLabels
      ? ["average_precision_macro", "roc_auc_macro"]
      : record.validation["rmse"] != nil
        ? ["mae", "rmse", "pearson"] : ["mcc", "f1_macro", "balanced_accuracy"]
    let names = [metric] + usual.filter { $0 != metric }
    if !record.validation.isEmpty {
      facts += names.map { name in
        "val \(name) \(Format.decimal(record.validation[name == "loss" ? "log_loss" : name]))"
      }
    }
    if let mixing = record.mixing { facts.append("λ \(Format.decimal(mixing))") }
    // Significant digits: the last rates of a cosine are tiny, and not 0.
    if !isFitted(record) { facts.append(String(format: "lr %.3g", record.learningRate)) }
    facts.append(Format.duration(seconds))
    if record.isBest && !isFitted(record) && !record.validation.isEmpty {
      facts.append("best so far")
    }
    return "epoch \(record.epoch)/\(epochs): " + facts.joined(separator: ", ")
  }

  /// Whether nothing was drawn: a head was fitted.
  package static func isFitted(_ record: EpochRecord) -> Bool {
    record.drawn.allSatisfy { $0.examples == 0 } && record.learningRate == 0
  }

  /// What was drawn of each class: examples, how many of them different, part of the label mass.
  package static func drawn(_ record: EpochRecord) -> String {
    let classes = record.drawn.map { drawn in
      "\(drawn.name) \(drawn.examples) (\(drawn.distinct) distinct, "
        + "\(Format.percent(drawn.mass)) of labels)"
    }
    return "  drawn: " + classes.joined(separator: "; ")
  }
}
