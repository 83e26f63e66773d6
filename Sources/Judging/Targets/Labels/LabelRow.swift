public import Evaluation
public import Uncertainty

/// One label's row of an assessment.
public struct LabelRow: Sendable, Equatable, Encodable {
  /// Name of the label.
  public let name: String
  /// Examples of which it is known.
  public let known: Int
  /// Examples that have it.
  public let positives: Int
  /// Training examples that have it; `nil` where not known.
  public let training: Int?
  /// Group by training examples; `nil` where not known.
  public let shot: Shot?
  /// Average precision, without examples that have it `nil`.
  public let averagePrecision: Double?
  /// Area under the ROC curve; `nil` without examples that have it, or that have it not.
  public let rocAUC: Double?
  /// F1, precision and recall of the threshold ½.
  public let f1, precision, recall: Double?
  /// Calibration error of the probability, 15 bins.
  public let calibrationError: Double?
  /// Slope of the probability on the logit scale, 1 where it is calibrated.
  public let slope: Double?
  /// Interval of the slope; `nil` where nothing can be said.
  public let slopeInterval: Interval?
  /// The stored threshold, and F1 there.
  public let threshold, storedF1: Double?
  /// Intervals by the keys of the values.
  public let intervals: [String: MetricInterval]

  /// Part of the examples in which it is known that have it; `nil` where it is known of none.
  public var prevalence: Double? { known > 0 ? Double(positives) / Double(known) : nil }

  /// Why areas are undefined; `nil` where they are defined.
  public var undefinedBecause: String? {
    if known == 0 { return "known of no example" }
    if positives == 0 { return "no example has it, of \(known)" }
    return positives == known ? "every example has it, of \(known)" : nil
  }

  enum CodingKeys: String, CodingKey {
    case name = "label"
    case known = "n_known"
    case positives = "n_positive"
    case prevalence
    case training = "training_count"
    case shot
    case averagePrecision = "average_precision"
    case rocAUC = "roc_auc"
    case f1, precision, recall
    case calibrationError = "ece"
    case slope = "calibration_slope"
    case slopeInterval = "calibration_slope_interval"
    case threshold
    case storedF1 = "f1_stored"
    case undefinedBecause = "undefined_because"
    case intervals
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(known, forKey: .known)
    try container.encode(positives, forKey: .positives)
    try container.encode(prevalence, forKey: .prevalence)
    try container.encode(training, forKey: .training)
    try container.encode(shot, forKey: .shot)
    try container.encode(averagePrecision, forKey: .averagePrecision)
    try container.encode(rocAUC, forKey: .rocAUC)
    try container.encode(f1, forKey: .f1)
    try container.encode(precision, forKey: .precision)
    try container.encode(recall, forKey: .recall)
    try container.encode(calibrationError, forKey: .calibrationError)
    try container.encode(slope, forKey: .slope)
    try container.encode(slopeInterval, forKey: .slopeInterval)
    try container.encode(threshold, forKey: .threshold)
    try container.encode(storedF1, forKey: .storedF1)
    try container.encode(undefinedBecause, forKey: .undefinedBecause)
    try container.encode(intervals, forKey: .intervals)
  }
}
