extension MetricInputs {
  /// The inputs of a set of predictions; rows without truth are left out.
  ///
  /// The same numbers as an ``MetricsAccumulator`` of the rows, without a second copy of all scores.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - shots: Classes grouped by training examples, `[C]`; `nil` where the counts are not known.
  public init(_ predictions: Predictions, shots: ShotGroups? = nil) {
    self.init(
      predictions, rows: predictions.truths.indices.filter { predictions.truths[$0] != nil },
      shots: shots, positive: predictions.positiveClass(shots: shots))
  }

  /// The inputs of some of the rows.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - rows: Rows with truth.
  ///   - shots: Classes grouped by training examples, `[C]`; `nil` where the counts are not known.
  ///   - positive: The positive one of two classes.
  package init(
    _ predictions: Predictions, rows: [Int], shots: ShotGroups?, positive: PositiveClass?
  ) {
    let classes = predictions.classes.count
    let outcomes = rows.lazy.compactMap { predictions.outcome($0) }
    var confusion = ConfusionMatrix(classes: classes)
    guard predictions.hasScores else {
      for outcome in outcomes { confusion.add(outcome) }
      self.init(decisions: confusion, shots: shots, positive: positive)
      areOrdered = predictions.areOrdered
      return
    }
    var ranks = TruthRank(classes: classes)
    var (logLoss, brier) = (LogLoss(), BrierScore())
    var calibration = CalibrationAccumulator(classes: classes)
    for outcome in outcomes {
      confusion.add(outcome)
      ranks.add(outcome)
      logLoss.add(outcome)
      brier.add(outcome)
      calibration.add(outcome)
    }
    let (order, errors) = (predictions.rankStatistics(of: rows), calibration.value)
    self.init(
      confusion: confusion, rocAUC: order.rocAUC, rocAUCPairs: order.rocAUCPairs,
      averagePrecision: order.averagePrecision, logLoss: logLoss.value, brier: brier.value,
      calibrationError: errors.top, classCalibrationError: errors.classes, ranks: ranks,
      shots: shots, positive: positive)
    areOrdered = predictions.areOrdered
  }
}

extension Predictions {
  fileprivate func rankStatistics(of rows: [Int]) -> RankStatistics {
    let known = rows.compactMap { truths[$0] }
    let isWhole = rows.elementsEqual(0..<count)
    let scores = isWhole ? probabilities : rows.flatMap { self[$0] }
    return RankStatistics(truths: known, scores: scores, classes: classes.count)
  }
}
