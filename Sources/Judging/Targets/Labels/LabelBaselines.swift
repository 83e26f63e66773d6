import Evaluation
import Uncertainty

/// What answers come to that look at no example: the level that a model must leave below it to know anything.
///
/// ```swift
/// let chance = LabelBaselines(predictions)
/// chance[.prior]["average_precision_macro"]  // the mean share of the labels
/// ```
///
/// The probability of a label is the same for all examples, so its average precision is its share `π = P / n` of the known entries, and
/// its area under the ROC curve ½. Of answers, F1 is 0 where a label is never said and `2 π / (1 + π)` where it always is. Shares are
/// those of the judged examples themselves.
///
/// Source: the `prior` and `constant` strategies of scikit-learn's `DummyClassifier`; Saito and Rehmsmeier, "The Precision-Recall Plot
/// Is More Informative than the ROC Plot When Evaluating Binary Classifiers on Imbalanced Datasets", PLOS ONE 10, 2015.
public struct LabelBaselines: Sendable, Equatable {
  /// An answer that looks at no example.
  public enum Kind: String, Sendable, CaseIterable {
    /// Each label with the probability of its share; it is said where the share is ½ or more.
    case prior
    /// No label is said.
    case none
    /// Every label is said.
    case all
  }

  private let values: [Kind: [String: Double]]

  /// - Parameter predictions: With the truth; what the model said is not looked at.
  public init(_ predictions: LabelPredictions) {
    let width = predictions.labels.count
    let known = (0..<width).map { label in
      (0..<predictions.count).count { predictions.truths[$0 * width + label] != nil }
    }
    let shares = zip(predictions.positives, known).map { positives, known in
      known > 0 ? Double(positives) / Double(known) : 0
    }
    func metrics(_ scores: [Double]) -> [String: Double] {
      let constant = LabelPredictions(
        labels: predictions.labels, paths: predictions.paths, truths: predictions.truths,
        probabilities: (0..<predictions.count).flatMap { _ in scores })
      let found = LabelMetrics(constant, thresholds: nil, shots: nil)
        .values([Double](repeating: 1, count: predictions.count))
      return Dictionary(
        uniqueKeysWithValues: zip(LabelMetrics.names, found).filter { !$1.isNaN })
    }
    values = [
      .prior: metrics(shares), .none: metrics(shares.map { _ in 0 }),
      .all: metrics(shares.map { _ in 1 }),
    ]
  }

  /// Value of each metric by name; no entry where undefined.
  public subscript(kind: Kind) -> [String: Double] { values[kind] ?? [:] }
}

/// In JSON: a key for each kind, with its metrics by name.
extension LabelBaselines: Encodable {
  /// Writes every metric that is defined.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TargetKey.self)
    for kind in Kind.allCases {
      try container.encode(self[kind], forKey: TargetKey(kind.rawValue))
    }
  }
}

extension LabelAssessment {
  /// Labels of which the interval of the area under the ROC curve does not lie above ½: the model is not shown to tell them better than
  /// chance. Labels without an interval are not among them.
  public var notAboveChance: [String] {
    perLabel.filter { ($0.intervals["roc_auc"]?.low).map { $0 <= 0.5 } ?? false }.map(\.name)
  }
}
