/// How confident learning decides which labels to call issues.
public enum IssueRule: String, Sendable, CaseIterable, Codable {
  /// Of each cell (given g, true t) of the joint as many examples as it holds, those with the largest P_t − P_g.
  case noiseRate = "prune-by-noise-rate"
  /// Of each given class as many as its row holds off the diagonal, those least probable to be of it.
  case byClass = "prune-by-class"
  /// What both of these say.
  case both
  /// What was counted off the diagonal of the confident joint itself.
  case offDiagonal = "confident-learning"
  /// Wherever another class is more probable than the given one.
  case predicted = "predicted-neq-given"
}

/// A score by which labels are ranked: low where the label is likely to be wrong.
public enum LabelScore: String, Sendable, CaseIterable, Codable {
  /// P of the given class.
  case selfConfidence = "self-confidence"
  /// (P of the given class − the largest other + 1) / 2.
  case normalizedMargin = "normalized-margin"
  /// log(1 + q) / q, where q is the entropy of the row, as a part of log C, over P of the given class; 0 where q is 0, as
  /// cleanlab has it, so that a row of one certain class scores 0 even where that class is the given one.
  case weightedEntropy = "confidence-weighted-entropy"
}
