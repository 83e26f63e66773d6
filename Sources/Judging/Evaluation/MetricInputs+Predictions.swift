extension MetricInputs {
  /// The inputs of a set of predictions; rows without truth are left out.
  ///
  /// The same numbers as an ``MetricsAccumulator`` of the rows, without a second copy of all scores.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - shots: Classes grouped by training examples, `[C]`; `nil` where the counts are not known.
  public init(_ predictions: Predictions, shots: ShotGroups? = nil) {
    let classes = predictions.classes.count
    var (confusion, ranks) = (ConfusionMatrix(classes: classes), TruthRank(classes: classes))
    var (logLoss, brier) = (LogLoss(), BrierScore())
    var calibration = CalibrationAccumulator(classes: classes)
    for row in 0..<predictions.count {
      guard let outcome = predictions.outcome(row) else { continue }
      confusion.add(outcome)
      ranks.add(outcome)
      logLoss.add(outcome)
      brier.add(outcome)
      calibration.add(outcome)
    }
    let (order, errors) = (predictions.rankStatistics, calibration.value)
    self.init(
      confusion: confusion, rocAUC: order.rocAUC, rocAUCPairs: order.rocAUCPairs,
      averagePrecision: order.averagePrecision, logLoss: logLoss.value, brier: brier.value,
      calibrationError: errors.top, classCalibrationError: errors.classes, ranks: ranks,
      shots: shots)
  }
}

extension Predictions {
  fileprivate var rankStatistics: RankStatistics {
    let known = truths.compactMap(\.self)
    let scores =
      known.count == count
      ? probabilities : (0..<count).filter { truths[$0] != nil }.flatMap { self[$0] }
    return RankStatistics(truths: known, scores: scores, classes: classes.count)
  }
}
