public import Evaluation
import Requirements
public import Uncertainty

/// All metrics of a table of several labels, with intervals: what `metrics-*.json` holds of it.
///
/// ```swift
/// let found = LabelAssessment(try LabelPredictions.read("findings.csv"))
/// found["average_precision_macro"]       // 0.31
/// found.perLabel[2].intervals["roc_auc"] // 0.71 to 0.88, delong
/// ```
///
/// A label against its absence is an ordinary question of two classes, so what is said of one label is what
/// `Assessment` says of the positive of two classes, intervals included. What is over all labels has the
/// bootstrap's interval over examples, or over whole groups, but for macro F1 and precision, AUROC and average precision
/// over many labels of few positives, `Σ 1/n_l > 2`, which have none: ``withheld``.
public struct LabelAssessment: Sendable, Equatable {
  /// Number of examples.
  public let n: Int
  /// Names of the labels, `[L]`.
  public let labels: [String]
  /// Known entries of all `N × L`.
  public let known: Int
  /// Value of each metric by name; no entry where undefined.
  public let values: [String: Double]
  /// Interval of each metric by name.
  public let intervals: [String: MetricInterval]
  /// Over how many labels each mean is taken.
  public let labelsAveraged: [String: Int]
  /// A row for each label, `[L]`.
  public let perLabel: [LabelRow]
  /// How often labels come together.
  public let coOccurrence: CoOccurrence
  /// What answers come to that look at no example; `nil` where they were not asked for.
  public let baselines: LabelBaselines?
  /// How resamples were drawn; `nil` without intervals.
  public let resampling: ResamplingSummary?
  /// How the table was read, where that was not plain.
  public var notes: [String] = []

  /// Which metrics have a value and no interval since too many labels have few positives, and what is said of them; `nil`
  /// where that is not so.
  public var withheld: (names: [String], reason: String)? {
    let names = Self.names.filter { values[$0] != nil && intervals[$0] == nil }
      .filter(LabelReplicates.means.contains)
    guard resampling?.withheld(images: n) == nil, !names.isEmpty,
      SilenceRule.isTooRare(perLabel.map(\.positives).filter { $0 > 0 })
    else { return nil }
    return (names, SilenceRule.ofMeans)
  }

  /// Names of the metrics over all labels, in the order in which they are shown.
  public static var names: [String] { LabelMetrics.names }

  /// Value of a metric; `nil` where it is undefined, or no metric has this name.
  public subscript(name: String) -> Double? { values[name] }

  /// The assessment of a set of predictions.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth where it is known.
  ///   - thresholds: Stored thresholds, `[L]`, where there are any.
  ///   - shots: Labels grouped by training examples, `[L]`, where known.
  ///   - settings: How intervals are made; `nil` leaves them out.
  ///   - isBesideBaselines: Whether what chance gives is worked out beside it.
  /// - Precondition: `thresholds` and `shots` have as many entries as there are labels.
  public init(
    _ predictions: LabelPredictions, thresholds: [Double]? = nil, shots: ShotGroups? = nil,
    settings: IntervalSettings? = IntervalSettings(), besideBaselines isBesideBaselines: Bool = true
  ) {
    // In the order of the paths, so that the order of the rows changes no byte.
    let predictions = predictions.keeping(
      predictions.paths.indices.sorted { predictions.paths[$0] < predictions.paths[$1] })
    let width = predictions.labels.count
    require(
      (thresholds?.count ?? width) == width && (shots?.trainingCounts.count ?? width) == width,
      "LabelAssessment: expected \(width) thresholds and training counts")
    let metrics = LabelMetrics(predictions, thresholds: thresholds, shots: shots)
    let values = metrics.values([Double](repeating: 1, count: predictions.count))
    let found = settings.map { settings in
      LabelReplicates(predictions, metrics, settings)
    }
    n = predictions.count
    labels = predictions.labels
    known = predictions.truths.count { $0 != nil }
    self.values = Dictionary(
      uniqueKeysWithValues: zip(LabelMetrics.names, values).filter { !$1.isNaN })
    intervals = found?.intervals ?? [:]
    labelsAveraged = metrics.averaged
    resampling = found?.summary
    coOccurrence = CoOccurrence(predictions)
    baselines = isBesideBaselines ? LabelBaselines(predictions) : nil
    let positives = predictions.positives
    perLabel = predictions.labels.indices.map { label in
      LabelRow(
        predictions, label, positives: positives[label], threshold: thresholds?[label],
        shots: shots, settings)
    }
  }
}

/// Resamples of the examples of a set of labels, and what they say of the metrics over all.
struct LabelReplicates {
  let intervals: [String: MetricInterval]
  let summary: ResamplingSummary

  /// Means over labels that have no interval where many have few positives.
  static let means: Set<String> = [
    "average_precision_macro", "roc_auc_macro", "f1_macro", "precision_macro", "f1_macro_stored",
    "average_precision_few",
  ]

  init(_ predictions: LabelPredictions, _ metrics: LabelMetrics, _ settings: IntervalSettings) {
    let groups = predictions.carried.groups(settings.groupColumn)
    let plan = ResamplingPlan(
      truths: [Int](repeating: 0, count: predictions.count), groups: groups?.values)
    let names = LabelMetrics.names
    let replicates = Replicates(plan, settings) { weights in
      Array(metrics.values(weights).prefix(names.count))
    }
    let isTooRare = SilenceRule.isTooRare(predictions.positives.filter { $0 > 0 })
    intervals = Dictionary(
      uniqueKeysWithValues: names.enumerated().compactMap {
        place, name -> (String, MetricInterval)? in
        if isTooRare, Self.means.contains(name) { return nil }
        if !plan.isClustered, let (right, all) = metrics.wholeRows(name) {
          return settings.rates(right, of: all, level: settings.level).map {
            (name, MetricInterval($0, method: settings.rates.method))
          }
        }
        return replicates.interval(place, method: settings.method, level: settings.level)
          .map { (name, $0) }
      }
    )
    summary = ResamplingSummary(settings, plan, column: groups?.name)
  }
}

extension LabelRow {
  init(
    _ predictions: LabelPredictions, _ label: Int, positives: Int, threshold: Double?,
    shots: ShotGroups?, _ settings: IntervalSettings?
  ) {
    let one = predictions.one(label)
    let assessment = settings.flatMap { settings in one.map { Assessment($0, settings: settings) } }
    let report = assessment?.report ?? one.map { MetricsReport($0, shots: nil) }
    let row = report?.perClass[1]
    let own = assessment?.classIntervals[1]
    let storedRow = threshold.flatMap { threshold in
      predictions.one(label, threshold: threshold).map { MetricsReport($0, shots: nil).perClass[1] }
    }
    name = predictions.labels[label]
    known = one?.count ?? 0
    self.positives = positives
    training = shots?.trainingCounts[label]
    shot = shots?[label]
    (averagePrecision, rocAUC) = (row?.averagePrecision, row?.rocAUC)
    (f1, precision, recall) = (row?.f1, row?.precision, row?.recall)
    calibrationError = row?.calibrationError
    let line = assessment?.calibration?.classes[1]
    (slope, slopeInterval) = (line?.slope, line?.slopeInterval)
    self.threshold = threshold
    storedF1 = storedRow?.f1
    intervals = Dictionary(
      uniqueKeysWithValues: ClassStatistic.allCases.compactMap { statistic in
        ["average_precision", "roc_auc", "f1", "precision", "recall"].contains(statistic.rawValue)
          ? own?[statistic].map { (statistic.rawValue, $0) } : nil
      })
  }
}
