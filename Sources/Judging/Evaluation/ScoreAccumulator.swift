import Requirements

/// Keeps truth and scores, and makes from them what depends on the order of the scores.
///
/// A rank statistic cannot be reduced to sums, so this accumulator grows with the number of examples.
public struct ScoreAccumulator: Accumulator, Codable {
  /// Number of classes `C`.
  public let classes: Int
  private var truths: [Int] = []
  private var scores: [Double] = []

  /// An empty accumulator.
  ///
  /// - Parameter classes: Number of classes, at least 1.
  /// - Precondition: `classes` is positive.
  public init(classes: Int) {
    require(classes > 0, "ScoreAccumulator: expected at least 1 class, got \(classes)")
    self.classes = classes
  }

  /// Keeps one example's scores.
  ///
  /// - Precondition: the outcome has `C` probabilities.
  public mutating func add(_ outcome: Outcome) {
    require(
      outcome.probabilities.count == classes,
      "ScoreAccumulator.add: expected \(classes) scores, got \(outcome.probabilities.count)")
    truths.append(outcome.truth)
    scores.append(contentsOf: outcome.probabilities)
  }

  /// Keeps the examples of another accumulator too.
  ///
  /// - Precondition: both tallies have the same number of classes.
  public mutating func merge(_ other: ScoreAccumulator) {
    require(
      classes == other.classes,
      "ScoreAccumulator.merge: expected \(classes) classes, got \(other.classes)")
    truths += other.truths
    scores += other.scores
  }

  /// AUROC and average precision of each class.
  public var value: RankStatistics {
    RankStatistics(truths: truths, scores: scores, classes: classes)
  }
}
