import Requirements

/// How one class's metrics would change with its prevalence, the model and its scores the same.
///
/// Positives and negatives are given weights so that positives make up a part `π` of the whole; no
/// example is dropped or drawn, so there is no randomness. Precision, for instance, becomes
/// `π TPR / (π TPR + (1 − π) FPR)`. Sensitivity, specificity and AUROC do not change at all: whoever
/// reports only these hides what prevalence does, whoever reports only precision or F1 compares
/// prevalences, not models.
public struct ImbalanceImpact: Sendable, Equatable, Codable {
  /// What one class's metrics are at one prevalence; `nil` where undefined.
  public struct Point: Sendable, Equatable, Codable {
    /// Part of positives, between 0 and 1.
    public let prevalence: Double
    /// Values by metric name; a name without entry is undefined.
    public let values: [String: Double]
  }

  /// The prevalences of the curve, `[P]`, if nothing else is asked.
  public static let prevalences: [Double] = [0.5, 0.25, 0.1, 0.05, 0.01]
  /// Names of the metrics, in the order in which they are shown.
  public static let metrics = [
    "recall", "specificity", "balanced_accuracy", "roc_auc", "accuracy", "precision", "f1", "mcc",
    "average_precision",
  ]

  /// The class.
  public let name: String
  /// Its prevalence in the predictions; `nil` without any truth.
  public let natural: Point?
  /// The curve, one point for each prevalence asked for.
  public let curve: [Point]

  /// The curve of one class.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, probabilities `[N, C]`; rows without truth are left out.
  ///   - positive: The class, `0..<C`.
  ///   - prevalences: `[P]`, strictly between 0 and 1.
  /// - Precondition: `positive` lies in `0..<C` and the prevalences between 0 and 1.
  public init(
    _ predictions: Predictions, of positive: Int, prevalences: [Double] = Self.prevalences
  ) {
    require(
      prevalences.allSatisfy { $0 > 0 && $0 < 1 },
      "ImbalanceImpact: expected prevalences between 0 and 1, got \(prevalences)")
    let ranking = predictions.ranking(of: positive)
    var (hits, alarms) = (0, 0)
    for row in 0..<predictions.count where predictions.predicted[row] == positive {
      guard let truth = predictions.truths[row] else { continue }
      if truth == positive { hits += 1 } else { alarms += 1 }
    }
    let model = Reweighted(ranking, hits: hits, alarms: alarms)
    name = predictions.classes[positive]
    natural = ranking.prevalence.map { Point(prevalence: $0, values: model.values(at: $0)) }
    curve = prevalences.map { Point(prevalence: $0, values: model.values(at: $0)) }
  }

  /// Part of a metric's balanced value that is lost at the natural prevalence,
  /// `(M(½) − M(natural)) / M(½)`: 0 for a metric that prevalence does not touch; `nil` where
  /// undefined. The definition is ours.
  ///
  /// - Parameter metric: One of ``metrics``.
  public func impact(on metric: String) -> Double? {
    guard let natural = natural?.values[metric],
      let balanced = curve.first(where: { $0.prevalence == 0.5 })?.values[metric], balanced != 0
    else { return nil }
    return (balanced - natural) / balanced
  }
}

/// One class against the rest as two populations whose shares can be chosen.
private struct Reweighted {
  let ranking: ScoreRanking
  let sensitivity: Double?
  let falseRate: Double?

  init(_ ranking: ScoreRanking, hits: Int, alarms: Int) {
    self.ranking = ranking
    sensitivity = ratio(hits, ranking.positives)
    falseRate = ratio(alarms, ranking.negatives)
  }

  func values(at prevalence: Double) -> [String: Double] {
    var values: [String: Double] = [:]
    values["recall"] = sensitivity
    values["specificity"] = falseRate.map { 1 - $0 }
    values["roc_auc"] = ranking.rocAUC
    values["average_precision"] = averagePrecision(at: prevalence)
    guard let sensitivity, let falseRate else { return values }
    let (hits, alarms) = (prevalence * sensitivity, (1 - prevalence) * falseRate)
    let (missed, quiet) = (prevalence - hits, 1 - prevalence - alarms)
    let fired = hits + alarms
    values["balanced_accuracy"] = (sensitivity + 1 - falseRate) / 2
    values["accuracy"] = hits + quiet
    values["precision"] = fired > 0 ? hits / fired : nil
    values["f1"] = 2 * hits / (2 * hits + alarms + missed)
    let spread = fired * (1 - fired) * prevalence * (1 - prevalence)
    values["mcc"] = spread > 0 ? (hits * quiet - alarms * missed) / spread.squareRoot() : 0
    return values
  }

  private func averagePrecision(at prevalence: Double) -> Double? {
    guard ranking.positives > 0, ranking.negatives > 0 else { return nil }
    var (sum, before) = (0.0, 0.0)
    for point in ranking.points.dropFirst() {
      let hits = Double(point.truePositives) / Double(point.positives)
      let alarms = Double(point.falsePositives) / Double(point.negatives)
      guard hits > before else { continue }
      sum += (hits - before) * prevalence * hits / (prevalence * hits + (1 - prevalence) * alarms)
      before = hits
    }
    return sum
  }
}
