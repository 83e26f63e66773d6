public import Uncertainty

extension CalibrationSlopes {
  /// The slopes of `sample`, with its groups.
  ///
  /// - Parameters:
  ///   - sample: Rows of known truth.
  ///   - level: Coverage of intervals; `nil` makes none.
  public init(_ sample: LabelledProbabilities, level: Double? = nil) {
    self.init(
      truths: sample.truths, columns: sample.classes.indices.map(sample.column),
      groups: sample.groups, level: level)
  }
}
