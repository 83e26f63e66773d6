import Evaluation
import Uncertainty

/// The JSON of an assessment of labels: `task`, one key for each metric, `null` where undefined; and beside them `n`,
/// `labels`, `n_known`, `n_labels_averaged`, `intervals`, `per_label`, `co_occurrence`, `baselines` (`prior`, `none` and `all` with their
/// metrics), `resampling` and `notes`.
extension LabelAssessment: Encodable {
  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TargetKey.self)
    try container.encode(TargetKind.labels, forKey: "task")
    for name in Self.names { try container.encode(self[name], forKey: TargetKey(name)) }
    try container.encode(n, forKey: "n")
    try container.encode(labels, forKey: "labels")
    try container.encode(known, forKey: "n_known")
    try container.encode(labelsAveraged, forKey: "n_labels_averaged")
    try container.encode(perLabel, forKey: "per_label")
    try container.encode(coOccurrence, forKey: "co_occurrence")
    try container.encodeIfPresent(baselines, forKey: "baselines")
    try container.encode(notes, forKey: "notes")
    try container.encode(intervals, of: Self.names, resampling)
  }
}
