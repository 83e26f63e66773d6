import Requirements

/// What the evidence amounts to, before it is condensed to single numbers.
///
/// Every field is a sum or a rank statistic over examples, so it has a meaning for weighted examples
/// too: a resample of the bootstrap is made from the same fields.
public struct MetricInputs: Sendable {
  /// Counts of truth against decision, `[C, C]`.
  public let confusion: ConfusionMatrix
  /// AUROC of each class against the rest, `[C]`; `nil` where undefined.
  public let rocAUC: [Double?]
  /// AUROC of score `i`, positives of class `i`, negatives of class `j`, `[C, C]` flat; `nil` where
  /// undefined and on the diagonal.
  public let rocAUCPairs: [Double?]
  /// Average precision of each class against the rest, `[C]`; `nil` without positives.
  public let averagePrecision: [Double?]
  /// Mean of −ln p of the true class, in nats; `nil` without examples.
  public let logLoss: Double?
  /// Mean of `Σ_k (p_k − [y = k])²`, 0…2; `nil` without examples.
  public let brier: Double?
  /// ECE of the most probable class, 15 bins, 0…1; `nil` without examples.
  public let calibrationError: Double?
  /// ECE of each class's own probability, 15 bins, `[C]`; `nil` without examples.
  public let classCalibrationError: [Double?]
  /// Places of the true classes.
  public let ranks: TruthRank
  /// Classes grouped by training examples; `nil` where the counts are not known.
  public var shots: ShotGroups?
  /// The positive one of two classes, where it is settled; else it is the rarer one.
  var settledPositive: PositiveClass?
  /// Whether the order of the classes is one of grades; where it is none, metrics of ordered classes are undefined. What is
  /// made of predictions has it from them.
  public var areOrdered = true
  /// Whether there are scores; without them everything that is made of scores is undefined.
  public let hasScores: Bool

  /// MetricInputs that were made elsewhere, such as from weighted examples.
  ///
  /// - Precondition: every list has `C` entries, `rocAUCPairs` `C × C`.
  package init(
    confusion: ConfusionMatrix, rocAUC: [Double?], rocAUCPairs: [Double?],
    averagePrecision: [Double?], logLoss: Double?, brier: Double?, calibrationError: Double?,
    classCalibrationError: [Double?], ranks: TruthRank, shots: ShotGroups? = nil,
    positive: PositiveClass? = nil
  ) {
    let classes = confusion.classes
    let lengths = [
      rocAUC.count, averagePrecision.count, classCalibrationError.count, ranks.value.count,
    ]
    require(
      lengths.allSatisfy { $0 == classes } && rocAUCPairs.count == classes * classes,
      "MetricInputs: expected lists of \(classes) classes, got \(lengths) and \(rocAUCPairs.count) pairs"
    )
    self.confusion = confusion
    self.rocAUC = rocAUC
    self.rocAUCPairs = rocAUCPairs
    self.averagePrecision = averagePrecision
    self.logLoss = logLoss
    self.brier = brier
    self.calibrationError = calibrationError
    self.classCalibrationError = classCalibrationError
    self.ranks = ranks
    self.shots = shots
    settledPositive = positive
    hasScores = true
  }

  /// MetricInputs of decisions alone: everything that is made of scores is undefined.
  ///
  /// - Parameters:
  ///   - confusion: Counts of truth against decision, `[C, C]`.
  ///   - shots: Classes grouped by training examples, where known.
  ///   - positive: The positive one of two classes, where it is settled.
  package init(decisions confusion: ConfusionMatrix, shots: ShotGroups?, positive: PositiveClass?) {
    let classes = confusion.classes
    let none = [Double?](repeating: nil, count: classes)
    self.confusion = confusion
    (rocAUC, averagePrecision, classCalibrationError) = (none, none, none)
    rocAUCPairs = [Double?](repeating: nil, count: classes * classes)
    (logLoss, brier, calibrationError) = (nil, nil, nil)
    ranks = TruthRank(classes: classes)
    self.shots = shots
    settledPositive = positive
    hasScores = false
  }

  /// Number of classes `C`.
  public var classes: Int { confusion.classes }

  /// The positive one of two classes; `nil` unless there are two.
  public var positive: PositiveClass? {
    settledPositive
      ?? PositiveClass(trainingCounts: shots?.trainingCounts, support: confusion.support)
  }

  /// A value of ordered classes; `nil` where they are not.
  func ofOrder(_ value: (ConfusionMatrix) -> Double?) -> Double? {
    areOrdered ? value(confusion) : nil
  }

  /// Of two classes the value of the positive one, of more all values.
  func ofCurves<Value>(_ values: [Value]) -> [Value] {
    positive.map { [values[$0.index]] } ?? values
  }

  /// Mean recall over the classes of one group that occur in the truth.
  func recall(_ shot: Shot) -> Average {
    guard let shots else { return Average(plain: nil) }
    let recall = confusion.recall
    return Average(macro: shots.classes(in: shot).map { recall[$0] })
  }

  /// Mean over pairs of classes that both occur, each pair judged by the scores of both.
  ///
  /// Source: Hand and Till, "A simple generalisation of the area under the ROC curve for multiple
  /// class classification problems", Machine Learning 45, 2001.
  var rocAUCOverPairs: Average {
    let present = confusion.support.filter { $0 > 0 }.count
    return Average(
      value: Average(macro: rocAUCPairs).value, classesAveraged: present > 1 ? present : 0)
  }

  /// Mean prevalence of the classes that the mean average precision is over.
  var meanPrevalence: Double? {
    let (support, total) = (confusion.support, confusion.total)
    return Average(macro: ofCurves(support).map { $0 > 0 ? ratio($0, total) : nil }).value
  }

  /// One over the number of classes in the truth: what guessing gives, by whatever frequencies.
  var chanceOfRecall: Double? { ratio(1, confusion.support.count { $0 > 0 }) }
}
