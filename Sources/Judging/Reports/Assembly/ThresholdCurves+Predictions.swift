import Evaluation

extension ThresholdCurves {
  /// So many classes are drawn.
  private static let most = 6
  /// Where somebody acts at a higher probability than a half, missing a case is held the lesser harm.
  private static let thresholds = (1...50).map { Double($0) / 100 }
  /// Closer where the curves are steep.
  private static let prevalences = [
    0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5,
  ]

  /// Curves of the rarest classes that are there, the rarest first; none where one class is all.
  static func rarest(_ predictions: Predictions) -> [ThresholdCurves] {
    var counts = [Int](repeating: 0, count: predictions.classes.count)
    for case .some(let truth) in predictions.truths { counts[truth] += 1 }
    let present = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }
    guard present.count > 1 else { return [] }
    return present.prefix(most).map { index in
      ThresholdCurves(
        name: predictions.classes[index], positives: counts[index],
        decision: predictions.ranking(of: index).decisionCurve(thresholds),
        impact: ImbalanceImpact(predictions, of: index, prevalences: prevalences))
    }
  }
}
