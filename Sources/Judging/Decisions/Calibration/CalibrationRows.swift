/// What a calibration that works on ln p is fitted to: the rows of a sample, and the classes that occur in it.
struct CalibrationRows {
  /// The K classes that occur.
  let occurring: OccurringClasses
  /// ln p, `[N, K]` flat.
  let logs: [Double]
  /// Number of each row's class among those that occur, `[N]`.
  let labels: [Int]
  /// What a correction behind the calibration adds to the logits, `[K]`.
  let offsets: [Double]

  /// - Parameters:
  ///   - sample: Validation examples.
  ///   - correction: What the calibrated probabilities will go through.
  init(_ sample: LabelledProbabilities, before correction: PriorCorrection?) {
    occurring = OccurringClasses(sample)
    offsets = occurring.offsets(correction)
    let (rows, labels) = occurring.restricting(sample)
    (logs, self.labels) = (logProbabilities(rows), labels)
  }
}
