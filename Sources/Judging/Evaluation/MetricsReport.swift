import Requirements

/// All metrics of one set of predictions: what `metrics-*.json` holds.
///
/// ```swift
/// let report = MetricsReport(predictions, trainingCounts: [2000, 300, 12])
/// report["mcc"]  // 0.61, or nil where undefined
/// ```
///
/// `Average` explains what happens with classes that are absent.
public struct MetricsReport: Sendable, Equatable {
  /// Number of evaluated examples.
  public let n: Int
  /// Class names in the order of the model, `[C]`.
  public let classes: [String]
  /// Value of each metric by name; a name without entry is undefined, `null` in JSON.
  public let values: [String: Double]
  /// For each metric that is a mean over classes, the number of classes in it.
  public let classesAveraged: [String: Int]
  /// For metrics that have one, the value of a model that knows only how frequent the classes are:
  /// prevalence for the average precision, ½ for AUROC, 0 for what is corrected for chance.
  public let noSkill: [String: Double]
  /// One row for each class, `[C]`.
  public let perClass: [ClassMetrics]
  /// Counts, `[C, C]`, rows the truth.
  public let confusionMatrix: [[Int]]
  /// Grouping by training examples; `nil` where the training counts are not known.
  public let shots: ShotGroups?
  /// The positive one of two classes, whose curves the AUROC and the average precision are of; `nil` unless
  /// there are two.
  public let positive: PositiveClass?
  /// Whether the order of the classes is one of grades; without it the metrics of `Metric.ofOrder` are undefined.
  public let areOrdered: Bool
  /// Whether there are scores; without them the metrics of `Metric.needingScores` are undefined.
  public let hasScores: Bool
  /// How the predictions were read, where that was not plain.
  public var notes: [String] = []

  /// Name of the positive one of two classes; `nil` unless there are two.
  public var positiveName: String? { positive.map { classes[$0.index] } }

  /// Value of a metric; `nil` where it is undefined, or no metric has this name.
  public subscript(name: String) -> Double? { values[name] }

  /// The report of what was gathered.
  ///
  /// - Parameters:
  ///   - evidence: Outcomes of all examples, of `C` classes.
  ///   - classes: Names of the classes, `[C]`.
  ///   - shots: Classes grouped by training examples, `[C]`, where known.
  ///   - positive: The positive one of two classes; `nil` takes the rarer.
  ///   - areOrdered: Whether the order of the classes is one of grades.
  /// - Precondition: `classes` and `shots` have as many entries as the evidence has classes.
  public init(
    _ evidence: MetricsAccumulator, classes: [String], shots: ShotGroups? = nil,
    positive: PositiveClass? = nil, areOrdered: Bool = false
  ) {
    var inputs = evidence.value
    (inputs.shots, inputs.settledPositive, inputs.areOrdered) = (shots, positive, areOrdered)
    self.init(inputs, classes: classes)
  }

  /// The report of what was found.
  ///
  /// - Parameters:
  ///   - inputs: Of `C` classes, with their groups by training examples where known.
  ///   - classes: Names of the classes, `[C]`.
  /// - Precondition: `classes` and the groups have as many entries as the inputs have classes.
  public init(_ inputs: MetricInputs, classes: [String]) {
    let shots = inputs.shots
    require(
      classes.count == inputs.classes
        && (shots?.trainingCounts.count ?? classes.count) == classes.count,
      "MetricsReport: expected \(inputs.classes) classes, got \(classes.count) names"
        + " and \(shots?.trainingCounts.count ?? classes.count) training counts")
    let catalogue = Metric.catalogue
    let averages = catalogue.map { ($0.name, $0(inputs)) }
    n = inputs.confusion.total
    self.classes = classes
    values = Dictionary(
      uniqueKeysWithValues: averages.compactMap { name, average in
        average.value.map { (name, $0) }
      })
    classesAveraged = Dictionary(
      uniqueKeysWithValues: averages.compactMap { name, average in
        average.classesAveraged.map { (name, $0) }
      })
    noSkill = Dictionary(
      uniqueKeysWithValues: catalogue.compactMap { metric in
        metric.noSkill(inputs).map { (metric.name, $0) }
      })
    perClass = inputs.rows(named: classes)
    confusionMatrix = inputs.confusion.rows
    self.shots = shots
    (positive, hasScores) = (inputs.positive, inputs.hasScores)
    areOrdered = inputs.areOrdered
  }

  /// The report of a set of predictions; rows without truth are left out.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - trainingCounts: Training examples of each class, `[C]`, to group classes by; `nil` leaves
  ///     the groups out.
  /// - Precondition: `trainingCounts` has as many entries as `predictions` has classes.
  public init(_ predictions: Predictions, trainingCounts: [Int]? = nil) {
    self.init(
      predictions, shots: trainingCounts.map { ShotGroups(trainingCounts: $0) })
  }

  /// The report of a set of predictions, with classes grouped as given.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - shots: Classes grouped by training examples, `[C]`.
  /// - Precondition: `shots` has as many entries as `predictions` has classes.
  public init(_ predictions: Predictions, shots: ShotGroups?) {
    self.init(MetricInputs(predictions, shots: shots), classes: predictions.classes)
  }
}
