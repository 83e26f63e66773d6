/// ROC and precision–recall curve of one class against the rest, thinned for drawing.
public struct ClassCurves: Codable, Sendable, Equatable {
  /// Name of the class.
  public var name: String
  /// Examples of the class.
  public var positives: Int
  /// Examples of all others.
  public var negatives: Int
  /// Sensitivity (y) against 1 − specificity (x); `nil` without positives or negatives.
  public var roc: Curve?
  /// Precision (y) against recall (x); `nil` without positives.
  public var precisionRecall: Curve?

  enum CodingKeys: String, CodingKey {
    case name, positives, negatives, roc
    case precisionRecall = "precision_recall"
  }

  /// Curves of a class.
  public init(
    name: String, positives: Int, negatives: Int, roc: Curve?, precisionRecall: Curve?
  ) {
    (self.name, self.positives, self.negatives) = (name, positives, negatives)
    (self.roc, self.precisionRecall) = (roc, precisionRecall)
  }

  /// Part of the examples that are of this class: what a random ranking has as precision.
  public var prevalence: Double? {
    positives + negatives == 0 ? nil : Double(positives) / Double(positives + negatives)
  }
}

/// Points of a line, with the interval of each where there is one.
public struct Curve: Codable, Sendable, Equatable {
  /// Abscissae, `[K]`.
  public var x: [Double]
  /// Ordinates, `[K]`.
  public var y: [Double]
  /// Lower ends, `[K]`, or empty.
  public var low: [Double]
  /// Upper ends, `[K]`, or empty.
  public var high: [Double]

  /// A line of its points, `[K]` each; without intervals `low` and `high` are empty.
  public init(x: [Double], y: [Double], low: [Double] = [], high: [Double] = []) {
    (self.x, self.y, self.low, self.high) = (x, y, low, high)
  }
}
