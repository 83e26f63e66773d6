public import Evaluation
import Requirements
public import Uncertainty

/// What is said of grades beside what is said of classes: how far off decisions are, and how well "at least grade k"
/// is known.
///
/// The distance of two grades is how many steps lie between them. MAE is the mean distance of decision and truth, its macro
/// the mean over the grades in the truth of their own. `P(y ≥ k)` is the sum of the probabilities from grade k on; as a question of
/// two classes it has everything that `Assessment` says of the positive one.
public struct GradeAssessment: Sendable, Equatable {
  /// A mean distance with its interval.
  public struct Estimate: Sendable, Equatable {
    /// The value.
    public let value: Double
    /// Its interval; `nil` where nothing can be said.
    public let interval: MetricInterval?
  }

  /// One grade.
  public struct Grade: Sendable, Equatable, Encodable {
    /// Name of the grade.
    public let name: String
    /// True examples.
    public let support: Int
    /// Mean distance of the decisions from it; `nil` without examples.
    public let mae: Double?
    /// Its interval.
    public let maeInterval: MetricInterval?
    /// Part decided as this grade, with its interval.
    public let recall: Double?
    /// Interval of the recall.
    public let recallInterval: MetricInterval?

    enum CodingKeys: String, CodingKey {
      case name = "grade"
      case support, mae
      case maeInterval = "mae_interval"
      case recall
      case recallInterval = "recall_interval"
    }

    /// Writes every key; an undefined value as `null`.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(support, forKey: .support)
      try container.encode(mae, forKey: .mae)
      try container.encode(maeInterval, forKey: .maeInterval)
      try container.encode(recall, forKey: .recall)
      try container.encode(recallInterval, forKey: .recallInterval)
    }
  }

  /// Of classes: kappas, Kendall's tau-b, recalls, and all else.
  public let classes: MetricsReport
  /// Their intervals; `nil` where there are none.
  public let intervals: Assessment?
  /// Mean distance of decision and truth.
  public let mae: Estimate
  /// Mean over the grades in the truth of their mean distances.
  public let maeMacro: Estimate
  /// A row for each grade, `[K]`.
  public let grades: [Grade]
  /// `P(y ≥ k)` for each grade but the lowest, `[K − 1]`; empty without scores.
  public let cumulative: [LabelRow]
  /// How the table was read, where that was not plain.
  public var notes: [String] = []

  /// The assessment of a set of predictions; rows without truth are left out.
  ///
  /// - Parameters:
  ///   - predictions: Classes in the order of the grades, at least one truth known.
  ///   - settings: How intervals are made; `nil` leaves them out.
  /// - Precondition: The truth of an example is known.
  public init(_ predictions: Predictions, settings: IntervalSettings? = IntervalSettings()) {
    var predictions = predictions
    predictions.areOrdered = true
    let rows = predictions.truths.indices.filter { predictions.truths[$0] != nil }
      .sorted { predictions.paths[$0] < predictions.paths[$1] }
    let truths = rows.compactMap { predictions.truths[$0] }
    require(!rows.isEmpty, "GradeAssessment: expected an example whose truth is known, got none")
    let distances = GradeDistances(
      truths: truths, decided: rows.map { predictions.predicted[$0] },
      grades: predictions.classes.count)
    let intervals = settings.map { Assessment(predictions, settings: $0) }
    let report = intervals?.report ?? MetricsReport(predictions, shots: nil)
    let estimates = settings.map { settings -> [MetricInterval?] in
      let groups = predictions.groupColumn(settings.groupColumn).map { column in
        rows.map { column.values[$0] }
      }
      let plan = ResamplingPlan(truths: truths, groups: groups, counts: settings.counts)
      let replicates = Replicates(plan, settings) { distances.values($0) }
      return (0..<predictions.classes.count + 2).map {
        replicates.interval($0, method: settings.method, level: settings.level)
      }
    }
    let values = distances.values([Double](repeating: 1, count: rows.count))
    (classes, self.intervals) = (report, intervals)
    mae = Estimate(value: values[0], interval: estimates?[0] ?? nil)
    maeMacro = Estimate(value: values[1], interval: estimates?[1] ?? nil)
    grades = report.perClass.enumerated().map { index, row in
      let value = values[2 + index]
      return Grade(
        name: row.name, support: row.support, mae: value.isNaN ? nil : value,
        maeInterval: estimates?[2 + index] ?? nil, recall: row.recall,
        recallInterval: intervals?.classIntervals[index][.recall])
    }
    cumulative =
      predictions.hasScores
      ? predictions.cumulative(rows).map { predictions in
        LabelRow(
          predictions, 0, positives: predictions.positives[0], threshold: nil, shots: nil, settings)
      } : []
  }
}

/// Distances of decisions from the truth, as a function of how often each example counts.
struct GradeDistances: Sendable {
  let truths: [Int]
  let decided: [Int]
  let grades: Int

  /// The mean distance, its macro, and the mean distance of each grade, `[2 + K]`; NaN where undefined.
  func values(_ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: grades)
    var counts = sums
    for (row, weight) in weights.enumerated() where weight > 0 {
      counts[truths[row]] += weight
      sums[truths[row]] += weight * Double(abs(truths[row] - decided[row]))
    }
    let each = zip(sums, counts).map { $0 / $1 }
    let defined = each.filter { !$0.isNaN }
    return [
      sums.reduce(0, +) / counts.reduce(0, +), defined.reduce(0, +) / Double(defined.count),
    ] + each
  }
}

extension Predictions {
  /// "At least grade k" as a label of its own, for each grade but the lowest, `[K − 1]`.
  ///
  /// - Parameter rows: Those whose truth is known.
  func cumulative(_ rows: [Int]) -> [LabelPredictions] {
    classes.indices.dropFirst().map { grade in
      LabelPredictions(
        labels: ["at least \(classes[grade])"], paths: rows.map { paths[$0] },
        truths: rows.map { row in truths[row].map { $0 >= grade } },
        probabilities: rows.map { row in
          let above = self[row].dropFirst(grade).reduce(0, +)
          return Swift.min(1, Swift.max(0, above))
        },
        carried: CarriedColumns(
          columns.map { column in Column(column.name, rows.map { column.values[$0] }) }))
    }
  }
}

/// The JSON of an assessment of grades: all that classes have, and beside it `task`, `mae`, `mae_macro`, `mae_intervals`,
/// `per_grade` and `cumulative`.
extension GradeAssessment: Encodable {
  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    if let intervals {
      var intervals = intervals
      intervals.report.notes = notes
      try intervals.encode(to: encoder)
    } else {
      var classes = classes
      classes.notes = notes
      try classes.encode(to: encoder)
    }
    var container = encoder.container(keyedBy: TargetKey.self)
    try container.encode(TargetKind.grades, forKey: "task")
    try container.encode(mae.value, forKey: "mae")
    try container.encode(maeMacro.value, forKey: "mae_macro")
    try container.encode(
      ["mae": mae.interval, "mae_macro": maeMacro.interval], forKey: "mae_intervals")
    try container.encode(grades, forKey: "per_grade")
    try container.encode(cumulative, forKey: "cumulative")
  }
}
