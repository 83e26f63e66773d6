/// Two models on one class.
public struct ClassComparison: Sendable, Equatable, Codable {
  /// Name of the class.
  public let name: String
  /// True examples of the class.
  public let support: Int
  /// Recall, with Newcombe's paired interval of the difference; Student's of a jackknife where groups are
  /// resampled. `nil` for a model beside itself, and with fewer than five examples or ten groups.
  public let recall: Difference
  /// F1, with the interval of the resampled difference: percentiles, of fewer than 50 images the longer of those and Student's
  /// of a jackknife, of groups the latter.
  public let f1: Difference
  /// AUROC against the rest, with DeLong's paired interval, or Student's of a jackknife where groups are
  /// resampled.
  public let rocAUC: Difference
  /// Average precision, with an interval as of F1.
  public let averagePrecision: Difference
  /// McNemar's test over the true examples of the class: of equal recall.
  public let mcNemar: McNemar
  /// Its p-value adjusted over the classes that occur (Holm); `nil` for an absent class.
  public let mcNemarAdjusted: Double?
  /// p-value of equal AUROC by DeLong's paired test; `nil` where undefined or groups are resampled.
  public let deLong: Double?
  /// That p-value adjusted over classes (Holm).
  public let deLongAdjusted: Double?

  /// Names of the metrics that ``subscript(_:)`` knows.
  public static let metrics = ["recall", "f1", "roc_auc", "average_precision"]

  /// The difference of a metric; `nil` for another name than those of ``metrics``.
  public subscript(metric: String) -> Difference? {
    switch metric {
    case "recall": recall
    case "f1": f1
    case "roc_auc": rocAUC
    case "average_precision": averagePrecision
    default: nil
    }
  }

  enum CodingKeys: String, CodingKey {
    case name = "class"
    case support, recall, f1
    case rocAUC = "roc_auc"
    case averagePrecision = "average_precision"
    case mcNemar = "mcnemar"
    case mcNemarAdjusted = "mcnemar_p_holm"
    case deLong = "delong_p"
    case deLongAdjusted = "delong_p_holm"
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(support, forKey: .support)
    try container.encode(recall, forKey: .recall)
    try container.encode(f1, forKey: .f1)
    try container.encode(rocAUC, forKey: .rocAUC)
    try container.encode(averagePrecision, forKey: .averagePrecision)
    try container.encode(mcNemar, forKey: .mcNemar)
    try container.encode(mcNemarAdjusted, forKey: .mcNemarAdjusted)
    try container.encode(deLong, forKey: .deLong)
    try container.encode(deLongAdjusted, forKey: .deLongAdjusted)
  }
}
