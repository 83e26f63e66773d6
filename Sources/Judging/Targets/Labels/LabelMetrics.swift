package import Evaluation

/// Metrics of several labels over all of them, as functions of how often each example counts.
///
/// Names are scikit-learn's where it has one. A mean over labels is over those in which it is defined: an average
/// precision needs an example that has the label, an area one without it too, F1 one that has it or is said to.
/// Unknown entries are in nothing. What is made of decisions takes a label for there from its threshold on, ½ or the
/// stored one.
package struct LabelMetrics: Sendable {
  /// Names in the order of ``values(_:)``; those of groups and stored thresholds are undefined without them.
  package static let names = [
    "average_precision_macro", "roc_auc_macro", "average_precision_micro", "roc_auc_micro",
    "f1_macro", "f1_micro", "precision_macro", "precision_micro", "recall_macro", "recall_micro",
    "subset_accuracy", "hamming_loss", "label_ranking_average_precision", "label_ranking_loss",
    "coverage_error", "average_precision_many", "average_precision_medium",
    "average_precision_few", "f1_macro_stored", "f1_micro_stored", "subset_accuracy_stored",
  ]
  /// Names of those of which less is better.
  static let losses: Set<String> = ["hamming_loss", "label_ranking_loss", "coverage_error"]

  let labels: Int
  private let orders: [LabelOrder]
  private let pooled: LabelOrder
  private let decided: LabelDecisions
  private let stored: LabelDecisions?
  /// Ranking of the labels of each example; `nil` where none is known.
  private let rankings: [LabelRanking?]
  private let shots: ShotGroups?

  /// - Parameters:
  ///   - predictions: What the model said.
  ///   - thresholds: Stored thresholds, `[L]`, where there are any.
  ///   - shots: Labels grouped by training examples, `[L]`, where known.
  package init(_ predictions: LabelPredictions, thresholds: [Double]?, shots: ShotGroups?) {
    let width = predictions.labels.count
    let (truths, scores) = (predictions.truths, predictions.probabilities)
    func order(_ entries: [Int]) -> LabelOrder {
      LabelOrder(
        rows: entries.map { $0 / width }, scores: entries.map { scores[$0] },
        positive: entries.map { truths[$0] == true })
    }
    let known = truths.indices.filter { truths[$0] != nil }
    labels = width
    orders = (0..<width).map { label in order(known.filter { $0 % width == label }) }
    pooled = order(known)
    decided = LabelDecisions(
      predictions, thresholds: [Double](repeating: 0.5, count: width))
    stored = thresholds.map { LabelDecisions(predictions, thresholds: $0) }
    rankings = (0..<predictions.count).map { row in
      let entries = (row * width..<(row + 1) * width).filter { truths[$0] != nil }
      return entries.isEmpty
        ? nil
        : LabelRanking(
          scores: entries.map { scores[$0] }, truths: entries.map { truths[$0] == true })
    }
    self.shots = shots
  }

  /// Each metric, and then, label by label, average precision, area under the ROC curve, F1, precision and recall; NaN where
  /// undefined.
  ///
  /// - Parameter weights: How often each example counts, `[N]`.
  package func values(_ weights: [Double]) -> [Double] {
    let areas = orders.map { $0.areas(weights) }
    let precisions = areas.map(\.averagePrecision)
    let (all, counts) = (pooled.areas(weights), decided.counts(weights))
    let storedCounts = stored?.counts(weights)
    func group(_ shot: Shot) -> Double {
      mean(shots.map { shots in shots.classes(in: shot).map { precisions[$0] } } ?? []).value
    }
    let over: [Double] = [
      mean(precisions).value, mean(areas.map(\.rocAUC)).value, all.averagePrecision, all.rocAUC,
      mean(counts.labels.map(\.f1)).value, counts.all.f1,
      mean(counts.labels.map(\.precision)).value, counts.all.precision,
      mean(counts.labels.map(\.recall)).value, counts.all.recall,
      counts.subset, counts.hamming,
      ranking(weights, \.averagePrecision), ranking(weights, \.loss), ranking(weights, \.coverage),
      group(.many), group(.medium), group(.few),
      mean(storedCounts?.labels.map(\.f1) ?? []).value, storedCounts?.all.f1 ?? .nan,
      storedCounts?.subset ?? .nan,
    ]
    return over
      + zip(areas, counts.labels).flatMap { areas, counts -> [Double] in
        [areas.averagePrecision, areas.rocAUC, counts.f1, counts.precision, counts.recall]
      }
  }

  /// Names of what ``values(_:)`` has of a label.
  static let ofLabel = ["average_precision", "roc_auc", "f1", "precision", "recall"]

  /// Place of a metric of a label.
  static func place(_ name: String, label: Int) -> Int? {
    ofLabel.firstIndex(of: name).map { names.count + label * ofLabel.count + $0 }
  }

  /// Over how many labels each mean is taken.
  var averaged: [String: Int] {
    let weights = [Double](repeating: 1, count: rankings.count)
    let areas = orders.map { $0.areas(weights) }
    let counts = decided.counts(weights).labels
    func group(_ shot: Shot) -> Int? {
      shots.map { mean($0.classes(in: shot).map { areas[$0].averagePrecision }).count }
    }
    let found: [String: Int?] = [
      "average_precision_macro": mean(areas.map(\.averagePrecision)).count,
      "roc_auc_macro": mean(areas.map(\.rocAUC)).count, "f1_macro": mean(counts.map(\.f1)).count,
      "precision_macro": mean(counts.map(\.precision)).count,
      "recall_macro": mean(counts.map(\.recall)).count,
      "average_precision_many": group(.many), "average_precision_medium": group(.medium),
      "average_precision_few": group(.few),
      "f1_macro_stored": stored.map { mean($0.counts(weights).labels.map(\.f1)).count },
    ]
    return found.compactMapValues { $0 }
  }

  /// Examples of which all known labels are right, and those of which any is known, where a metric is that rate.
  func wholeRows(_ name: String) -> (right: Int, all: Int)? {
    let decisions =
      name == "subset_accuracy" ? decided : name == "subset_accuracy_stored" ? stored : nil
    let all = rankings.count { $0 != nil }
    guard let decisions, all > 0 else { return nil }
    let part = decisions.counts([Double](repeating: 1, count: rankings.count)).subset
    return (Int((part * Double(all)).rounded()), all)
  }

  private func ranking(_ weights: [Double], _ number: (LabelRanking) -> Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for case (let weight, let ranking?) in zip(weights, rankings) where weight > 0 {
      sum += weight * number(ranking)
      total += weight
    }
    return sum / total
  }

  /// The mean of what is defined, and of how many.
  private func mean(_ values: [Double]) -> (value: Double, count: Int) {
    let defined = values.filter { !$0.isNaN }
    return (defined.reduce(0, +) / Double(defined.count), defined.count)
  }
}
