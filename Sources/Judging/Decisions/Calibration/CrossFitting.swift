extension CalibrationMethod {
  /// Probabilities of `sample`, each row calibrated by a fit that saw no row of its group.
  ///
  /// A calibrator judged on the examples that it was fitted on looks better than it is. This is
  /// the honest figure on a validation set.
  ///
  /// - Parameters:
  ///   - sample: Validation examples, with their groups.
  ///   - correction: What the calibrated probabilities go through, here as well.
  ///   - folds: Number of fits, at least 2.
  ///   - generator: Deals the groups into folds.
  /// - Throws: `CalibrationError` when there are too few groups, or a fit sees one class only.
  /// - Precondition: `folds` is at least 2.
  public func crossFitted(
    _ sample: LabelledProbabilities, before correction: PriorCorrection? = nil, folds: Int = 5,
    using generator: inout some RandomNumberGenerator
  ) throws(CalibrationError) -> LabelledProbabilities {
    try crossFitted(
      sample, before: correction, GroupedFolds(sample, count: folds, using: &generator))
  }

  func crossFitted(
    _ sample: LabelledProbabilities, before correction: PriorCorrection?, _ folds: GroupedFolds
  ) throws(CalibrationError) -> LabelledProbabilities {
    let width = sample.classes.count
    var probabilities = sample.probabilities
    for fold in 0..<folds.count {
      let calibration = try fit(
        sample.selecting(folds.rows(outside: fold)), before: correction)
      for row in folds.rows(in: fold) {
        let values = calibration(sample[row])
        probabilities.replaceSubrange(
          row * width..<(row + 1) * width, with: correction.map { $0(values[...]) } ?? values)
      }
    }
    return LabelledProbabilities(
      classes: sample.classes, truths: sample.truths, probabilities: probabilities,
      groups: sample.groups, names: sample.names)
  }

  /// The method of least cross-fitted log loss, as ``choice(of:on:before:folds:using:)``.
  ///
  /// - Parameters:
  ///   - candidates: Methods, or strengths of one, at least one.
  ///   - sample: Validation examples, with their groups.
  ///   - correction: What the calibrated probabilities go through.
  ///   - folds: Number of fits of each, at least 2.
  ///   - generator: Deals the groups into folds.
  /// - Throws: `CalibrationError` when there are too few groups, or a fit sees one class only.
  /// - Precondition: `folds` is at least 2.
  public static func best(
    of candidates: [CalibrationMethod] = catalogue, on sample: LabelledProbabilities,
    before correction: PriorCorrection? = nil, folds: Int = 5,
    using generator: inout some RandomNumberGenerator
  ) throws(CalibrationError) -> CalibrationMethod {
    try choice(of: candidates, on: sample, before: correction, folds: folds, using: &generator)
      .method
  }

  /// The method of least cross-fitted log loss, the first of equals; all are judged on the same folds. One whose
  /// fit on the whole sample turns a class's ranking round, or loses it, is not taken: log loss alone would
  /// choose it for predictions whose labels are exchanged.
  ///
  /// - Parameters:
  ///   - candidates: Methods, or strengths of one, at least one.
  ///   - sample: Validation examples, with their groups.
  ///   - correction: What the calibrated probabilities go through.
  ///   - folds: Number of fits of each, at least 2.
  ///   - generator: Deals the groups into folds.
  /// - Returns: The method, `none` where all others were refused; and those of less log loss that were.
  /// - Throws: `CalibrationError` when there are too few groups, or a fit sees one class only.
  /// - Precondition: `folds` is at least 2.
  public static func choice(
    of candidates: [CalibrationMethod] = catalogue, on sample: LabelledProbabilities,
    before correction: PriorCorrection? = nil, folds: Int = 5,
    using generator: inout some RandomNumberGenerator
  ) throws(CalibrationError) -> CalibrationChoice {
    let dealt = try GroupedFolds(sample, count: folds, using: &generator)
    var (best, least) = (CalibrationMethod.none, Double.infinity)
    var refused: [(method: String, reason: CalibrationWarning, loss: Double)] = []
    for method in candidates {
      let loss =
        CalibrationQuality(try method.crossFitted(sample, before: correction, dealt)).logLoss
        ?? .infinity
      let fit = try method.fit(sample, before: correction)
      if let reason = fit.warnings(classes: sample.classes).first(where: \.isOfRanking) {
        refused.append((method.name, reason, loss))
      } else if loss < least {
        (best, least) = (method, loss)
      }
    }
    return CalibrationChoice(
      method: best, refused: refused.filter { $0.loss < least }.map { ($0.method, $0.reason) })
  }
}
