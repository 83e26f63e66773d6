#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far probabilities can be taken at their word.
public struct CalibrationQuality: Sendable, Equatable, Codable {
  /// Examples it was measured on.
  public let examples: Int
  /// Mean of −ln p of the true class, in nats; `nil` without examples.
  public let logLoss: Double?
  /// Mean of Σ_c (p_c − y_c)², 0…2; `nil` without examples.
  public let brier: Double?
  /// Expected calibration error of the most probable class; `nil` without examples.
  public let calibrationError: Double?
  /// Calibration error of each class's own probability, `[C]`; `nil` for a class absent from the truth.
  public let classCalibrationError: [Double?]
  /// What the errors are made of.
  public let reliability: Reliability

  enum CodingKeys: String, CodingKey {
    case examples
    case logLoss = "log_loss"
    case brier
    case calibrationError = "ece"
    case classCalibrationError = "ece_class"
    case reliability
  }

  /// The quality of `sample`.
  ///
  /// - Parameters:
  ///   - sample: Labelled examples, with their groups.
  ///   - level: Coverage of the intervals of ``reliability``, between 0 and 1.
  public init(_ sample: LabelledProbabilities, level: Double = 0.95) {
    examples = sample.count
    reliability = Reliability(sample, level: level)
    calibrationError = reliability.topLabel.calibrationError
    classCalibrationError = reliability.classes.map { $0.curve?.calibrationError }
    var (loss, squares) = (0.0, 0.0)
    for (row, truth) in sample.truths.enumerated() {
      for (index, p) in sample[row].enumerated() {
        let excess = index == truth ? p - 1 : p
        squares += excess * excess
        // As scikit-learn's log_loss holds it away from 0.
        if index == truth { loss -= log(max(p, Double.ulpOfOne)) }
      }
    }
    let count = Double(sample.count)
    logLoss = sample.count == 0 ? nil : loss / count
    brier = sample.count == 0 ? nil : squares / count
  }

  /// Mean of the classes' calibration errors over those defined; `nil` where none is.
  public var meanClassCalibrationError: Double? {
    let defined = classCalibrationError.compactMap { $0 }
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(examples, forKey: .examples)
    try container.encode(logLoss, forKey: .logLoss)
    try container.encode(brier, forKey: .brier)
    try container.encode(calibrationError, forKey: .calibrationError)
    try container.encode(classCalibrationError, forKey: .classCalibrationError)
    try container.encode(reliability, forKey: .reliability)
  }
}
