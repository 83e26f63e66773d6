/// One class's row of a report.
public struct ClassMetrics: Sendable, Equatable, Codable {
  /// Name of the class.
  public let name: String
  /// True examples.
  public let support: Int
  /// Examples decided as this class.
  public let predicted: Int
  /// Examples of this class decided rightly.
  public let correct: Int
  /// Training examples; `nil` where not known.
  public let training: Int?
  /// Group by training examples; `nil` where not known.
  public let shot: Shot?
  /// TP / (TP + FP); `nil` for a class never predicted.
  public let precision: Double?
  /// TP / (TP + FN); `nil` for a class absent from the truth.
  public let recall: Double?
  /// Wilson's 95 % interval of the recall; `nil` for a class absent from the truth.
  public let recallInterval: Interval?
  /// TN / (TN + FP); `nil` where every example is of this class.
  public let specificity: Double?
  /// 2 TP / (2 TP + FP + FN); `nil` for a class absent from truth and prediction.
  public let f1: Double?
  /// Area under the ROC curve against the rest; `nil` without positives or negatives.
  public let rocAUC: Double?
  /// Average precision against the rest; `nil` without positives.
  public let averagePrecision: Double?
  /// Part of the examples that are of this class: the average precision of a model without skill;
  /// `nil` without examples.
  public let prevalence: Double?
  /// Calibration error of this class's own probability, 15 bins; `nil` without examples.
  public let calibrationError: Double?

  enum CodingKeys: String, CodingKey {
    case name = "class"
    case support, predicted, correct
    case training = "training_count"
    case shot, precision, recall
    case recallInterval = "recall_interval"
    case specificity, f1
    case rocAUC = "roc_auc"
    case averagePrecision = "average_precision"
    case prevalence
    case calibrationError = "ece"
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(support, forKey: .support)
    try container.encode(predicted, forKey: .predicted)
    try container.encode(correct, forKey: .correct)
    try container.encode(training, forKey: .training)
    try container.encode(shot, forKey: .shot)
    try container.encode(precision, forKey: .precision)
    try container.encode(recall, forKey: .recall)
    try container.encode(recallInterval, forKey: .recallInterval)
    try container.encode(specificity, forKey: .specificity)
    try container.encode(f1, forKey: .f1)
    try container.encode(rocAUC, forKey: .rocAUC)
    try container.encode(averagePrecision, forKey: .averagePrecision)
    try container.encode(prevalence, forKey: .prevalence)
    try container.encode(calibrationError, forKey: .calibrationError)
  }
}

extension MetricInputs {
  /// A row for each class, `[C]`.
  func rows(named names: [String]) -> [ClassMetrics] {
    let (support, predicted) = (confusion.support, confusion.predicted)
    let (correct, precision, recall) = (
      confusion.truePositives, confusion.precision, confusion.recall
    )
    let (specificity, f1) = (confusion.specificity, confusion.f1)
    let total = confusion.total
    return names.indices.map { index in
      ClassMetrics(
        name: names[index], support: support[index], predicted: predicted[index],
        correct: correct[index], training: shots?.trainingCounts[index], shot: shots?[index],
        precision: precision[index], recall: recall[index],
        recallInterval: .wilson(correct[index], of: support[index]),
        specificity: specificity[index], f1: f1[index], rocAUC: rocAUC[index],
        averagePrecision: averagePrecision[index], prevalence: ratio(support[index], total),
        calibrationError: classCalibrationError[index])
    }
  }
}
