import Requirements

/// One class against the rest, ordered by score: every place where a threshold can stand.
///
/// ```swift
/// let ranking = ScoreRanking(positives: [0.9, 0.4], negatives: [0.6, 0.1])
/// ranking.rocAUC  // 0.75
/// ranking.sensitivity(atSpecificity: 0.5)?.threshold  // 0.4
/// ```
///
/// An example is called positive where its score is at least the threshold. Equal scores share one
/// place, so nothing here depends on the order of the rows.
public struct ScoreRanking: Sendable, Equatable {
  /// Positive examples `P`.
  public let positives: Int
  /// Negative examples `N`.
  public let negatives: Int
  /// The distinct scores, from the highest down, `[T]`.
  public private(set) var thresholds: [Double] = []
  /// Positives with a score of at least each threshold, `[T]`.
  public private(set) var truePositives: [Int] = []
  /// Negatives with a score of at least each threshold, `[T]`.
  public private(set) var falsePositives: [Int] = []

  /// A ranking of scores.
  ///
  /// - Parameters:
  ///   - positives: Scores of the positive examples, `[P]`.
  ///   - negatives: Scores of the negative examples, `[N]`.
  /// - Precondition: no score is NaN.
  public init(positives: [Double], negatives: [Double]) {
    require(
      !positives.contains(where: \.isNaN) && !negatives.contains(where: \.isNaN),
      "ScoreRanking: expected numbers, got NaN among the scores")
    self.positives = positives.count
    self.negatives = negatives.count
    let (up, down) = (positives.sorted(by: >), negatives.sorted(by: >))
    var (hits, alarms) = (0, 0)
    while hits < up.count || alarms < down.count {
      let threshold = max(
        hits < up.count ? up[hits] : -.infinity, alarms < down.count ? down[alarms] : -.infinity)
      while hits < up.count, up[hits] == threshold { hits += 1 }
      while alarms < down.count, down[alarms] == threshold { alarms += 1 }
      thresholds.append(threshold)
      truePositives.append(hits)
      falsePositives.append(alarms)
    }
  }

  /// Number of examples, `P + N`.
  public var total: Int { positives + negatives }

  /// Part of the examples that are positive, which is the average precision of a model without
  /// skill; `nil` without examples.
  public var prevalence: Double? { ratio(positives, total) }

  /// Area under the ROC curve: the part of pairs that the positive wins, ties one half; `nil`
  /// without positives or without negatives.
  public var rocAUC: Double? {
    guard positives > 0, negatives > 0 else { return nil }
    var halves = 0
    for place in thresholds.indices {
      let (hits, alarms) = new(at: place)
      halves += hits * (2 * (negatives - falsePositives[place]) + alarms)
    }
    return Double(halves) / (2 * Double(positives) * Double(negatives))
  }

  /// `Σ_n (R_n − R_{n−1}) P_n` over the distinct scores, as scikit-learn's
  /// `average_precision_score`; `nil` without positives.
  public var averagePrecision: Double? {
    guard positives > 0 else { return nil }
    var sum = 0.0
    for place in thresholds.indices where new(at: place).hits > 0 {
      let fired = truePositives[place] + falsePositives[place]
      sum += Double(new(at: place).hits) * Double(truePositives[place]) / Double(fired)
    }
    return sum / Double(positives)
  }

  /// Positives and negatives whose score is exactly the threshold of a place.
  func new(at place: Int) -> (hits: Int, alarms: Int) {
    guard place > 0 else { return (truePositives[0], falsePositives[0]) }
    return (
      truePositives[place] - truePositives[place - 1],
      falsePositives[place] - falsePositives[place - 1]
    )
  }
}

extension Predictions {
  /// One class against the rest, by its probability; rows without truth are left out.
  ///
  /// - Parameter positive: The class, `0..<C`.
  /// - Precondition: `positive` lies in `0..<C`.
  public func ranking(of positive: Int) -> ScoreRanking {
    require(
      classes.indices.contains(positive),
      "Predictions.ranking: expected a class in 0..<\(classes.count), got \(positive)")
    var (positives, negatives): ([Double], [Double]) = ([], [])
    for row in 0..<count {
      guard let truth = truths[row] else { continue }
      let score = probabilities[row * classes.count + positive]
      if truth == positive { positives.append(score) } else { negatives.append(score) }
    }
    return ScoreRanking(positives: positives, negatives: negatives)
  }
}
