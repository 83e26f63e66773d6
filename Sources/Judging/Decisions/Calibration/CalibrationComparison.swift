/// Calibration on validation before and after a fit, the latter by cross-fitting.
public struct CalibrationComparison: Sendable, Equatable, Codable {
  /// Name of the method, as ``CalibrationMethod``.
  public let method: String
  /// Number of folds; no group is in a fit and in what it is judged on.
  public let folds: Int
  /// The model's own probabilities.
  public let before: CalibrationQuality
  /// Calibrated by fits that did not see the row's group, and corrected.
  public let after: CalibrationQuality

  /// What `method` does on `sample`.
  ///
  /// - Parameters:
  ///   - method: How to calibrate.
  ///   - sample: Validation examples, with their groups.
  ///   - correction: What the calibrated probabilities go through.
  ///   - folds: Number of fits, at least 2.
  ///   - generator: Deals the groups into folds.
  /// - Throws: `CalibrationError` when there are too few groups, or a fit sees one class only.
  /// - Precondition: `folds` is at least 2.
  public init(
    _ method: CalibrationMethod, on sample: LabelledProbabilities,
    before correction: PriorCorrection? = nil, folds: Int = 5,
    using generator: inout some RandomNumberGenerator
  ) throws(CalibrationError) {
    let fitted = try method.crossFitted(
      sample, before: correction, folds: folds, using: &generator)
    self.method = method.name
    self.folds = folds
    (before, after) = (CalibrationQuality(sample), CalibrationQuality(fitted))
  }
}
