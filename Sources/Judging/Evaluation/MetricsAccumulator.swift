/// Everything that the metrics are made from, gathered in one pass over the predictions.
public struct MetricsAccumulator: Accumulator {
  /// Counts of truth against decision.
  public private(set) var confusion: ConfusionMatrix
  /// Scores, for what depends on their order.
  public private(set) var scores: ScoreAccumulator
  /// Loss of the probabilities.
  public private(set) var logLoss = LogLoss()
  /// Squared distance of the probabilities from the truth.
  public private(set) var brier = BrierScore()
  /// Stated probabilities against what came true.
  public private(set) var calibration: CalibrationAccumulator
  /// Places of the true classes, for top-k accuracy.
  public private(set) var ranks: TruthRank

  /// No evidence yet.
  ///
  /// - Parameter classes: Number of classes, at least 1.
  /// - Precondition: `classes` is positive.
  public init(classes: Int) {
    confusion = ConfusionMatrix(classes: classes)
    scores = ScoreAccumulator(classes: classes)
    calibration = CalibrationAccumulator(classes: classes)
    ranks = TruthRank(classes: classes)
  }

  /// Takes in one example.
  ///
  /// - Precondition: the outcome has as many probabilities as there are classes.
  public mutating func add(_ outcome: Outcome) {
    confusion.add(outcome)
    scores.add(outcome)
    logLoss.add(outcome)
    brier.add(outcome)
    calibration.add(outcome)
    ranks.add(outcome)
  }

  /// Takes in the evidence that another process or batch gathered.
  ///
  /// - Precondition: both have the same number of classes.
  public mutating func merge(_ other: MetricsAccumulator) {
    confusion.merge(other.confusion)
    scores.merge(other.scores)
    logLoss.merge(other.logLoss)
    brier.merge(other.brier)
    calibration.merge(other.calibration)
    ranks.merge(other.ranks)
  }

  /// The values that metrics read; here the rank statistics are computed, once.
  public var value: MetricInputs {
    let (order, errors) = (scores.value, calibration.value)
    return MetricInputs(
      confusion: confusion, rocAUC: order.rocAUC, rocAUCPairs: order.rocAUCPairs,
      averagePrecision: order.averagePrecision, logLoss: logLoss.value, brier: brier.value,
      calibrationError: errors.top, classCalibrationError: errors.classes, ranks: ranks)
  }
}
