/// A non-decreasing curve for each class against the rest, the results normalised to sum to 1.
///
/// It assumes nothing of the form of the miscalibration, and needs the most examples: its steps
/// are means of neighbouring validation examples. A row whose curves all say 0 becomes uniform over
/// the occurring classes. An absent class keeps its probability.
///
/// Source: Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability
/// estimates", KDD 2002; as scikit-learn's `CalibratedClassifierCV(method="isotonic")`.
public struct IsotonicCalibration: Calibrator {
  /// The classes that occurred in validation.
  let occurring: OccurringClasses
  /// A curve for each, `[K]`.
  package let curves: [MonotoneCurve]

  /// The curves nearest to the answers of `sample`; before a correction each example counts π_y/q_y
  /// times, as if validation had the frequencies that the correction starts from.
  ///
  /// - Parameters:
  ///   - sample: Validation examples.
  ///   - correction: What the calibrated probabilities will go through, as ``CalibrationMethod`` says.
  /// - Throws: `CalibrationError.tooFewClasses`.
  public init(
    fitting sample: LabelledProbabilities, before correction: PriorCorrection? = nil
  ) throws(CalibrationError) {
    try sample.requireTwoClasses()
    let occurring = OccurringClasses(sample)
    let (rows, labels) = occurring.restricting(sample)
    self.occurring = occurring
    let weights = correction.map { correction in
      sample.truths.map { correction.source[$0] / max(correction.target[$0], 1e-12) }
    }
    curves = (0..<occurring.count).map { index in
      MonotoneCurve(
        fitting: labels.indices.map { rows[$0 * occurring.count + index] },
        labels.map { $0 == index }, weights: weights)
    }
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for another number of curves than of classes and for what a curve refuses,
  ///   `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    occurring = try values.decode(OccurringClasses.self, forKey: .occurring)
    curves = try values.decode([MonotoneCurve].self, forKey: .curves)
    try StoredPart("isotonic curves").check(
      curves.count == occurring.count, "one for each of \(occurring.count) classes",
      found: curves.count)
  }

  /// Calibrated probabilities of one row, `[C]`.
  public func callAsFunction(_ row: ArraySlice<Double>) -> [Double] {
    let values = zip(curves, occurring.restricted(row)).map { $0($1) }
    let sum = values.reduce(0, +)
    return occurring.completed(
      row, with: values.map { sum > 0 ? $0 / sum : 1 / Double(values.count) })
  }
}
