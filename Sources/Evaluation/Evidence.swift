/// Everything that the metrics are made from, gathered in one pass over the predictions.
public struct Evidence: Tally {
  /// Counts of truth against decision.
  public private(set) var confusion: ConfusionMatrix
  /// Scores, for the AUROC.
  public private(set) var scores: ScoreTally
  /// Loss of the probabilities.
  public private(set) var logLoss = LogLoss()
  /// Places of the true classes, for top-k accuracy.
  public private(set) var ranks: TruthRank

  /// No evidence yet.
  ///
  /// - Parameter classes: Number of classes, at least 1.
  /// - Precondition: `classes` is positive.
  public init(classes: Int) {
    confusion = ConfusionMatrix(classes: classes)
    scores = ScoreTally(classes: classes)
    ranks = TruthRank(classes: classes)
  }

  /// Takes in one example.
  ///
  /// - Precondition: the outcome has as many probabilities as there are classes.
  public mutating func add(_ outcome: Outcome) {
    confusion.add(outcome)
    scores.add(outcome)
    logLoss.add(outcome)
    ranks.add(outcome)
  }

  /// Takes in the evidence that another process or batch gathered.
  ///
  /// - Precondition: both have the same number of classes.
  public mutating func merge(_ other: Evidence) {
    confusion.merge(other.confusion)
    scores.merge(other.scores)
    logLoss.merge(other.logLoss)
    ranks.merge(other.ranks)
  }

  /// The values that metrics read; here the rank statistics are computed, once.
  public var value: Findings {
    Findings(
      confusion: confusion, rocAUC: scores.value, logLoss: logLoss.value, ranks: ranks)
  }
}

/// What the evidence amounts to, before it is condensed to single numbers.
public struct Findings: Sendable {
  /// Counts of truth against decision, `[C, C]`.
  public let confusion: ConfusionMatrix
  /// AUROC of each class against the rest, `[C]`; `nil` where undefined.
  public let rocAUC: [Double?]
  /// Mean of −ln p of the true class, in nats; `nil` without examples.
  public let logLoss: Double?
  /// Places of the true classes.
  public let ranks: TruthRank
  /// Classes grouped by training examples; `nil` where the counts are not known.
  public var shots: ShotGroups?

  /// Number of classes `C`.
  public var classes: Int { confusion.classes }

  /// Mean recall over the classes of one group that occur in the truth.
  func recall(_ shot: Shot) -> Average {
    guard let shots else { return Average(plain: nil) }
    let recall = confusion.recall
    return Average(macro: shots.classes(in: shot).map { recall[$0] })
  }
}
