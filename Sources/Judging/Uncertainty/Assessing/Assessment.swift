public import Evaluation

/// All metrics of one set of predictions, each with an interval.
///
/// ```swift
/// let assessment = Assessment(try Predictions.read("runs/a/predictions-test.csv"))
/// assessment.report["f1_macro"]       // 0.61
/// assessment.intervals["f1_macro"]    // 0.52 to 0.68, bca
/// ```
///
/// Where examples are independent, rates (accuracy, top-k, and a class's recall, precision and
/// specificity) have a score interval, and AUROC and average precision against the rest that of the table of
/// `RareClassRule`, as mean recalls of many classes of few images have; everything else, and everything where groups are
/// resampled, has the bootstrap's, but for calibration errors, whose interval takes out their bias (`folded-normal`).
/// What has none though there are images enough, ``withheld`` names. Nothing is made of fewer than ten groups or
/// images, and a class in fewer than ten groups has no interval of its own. Undefined is absent here and `null` in
/// JSON.
public struct Assessment: Sendable, Equatable {
  /// The values.
  public var report: MetricsReport
  /// Interval of each metric by name; no entry where it is undefined or nothing can be said.
  public let intervals: [String: MetricInterval]
  /// Intervals of each class, `[C]`.
  public let classIntervals: [ClassIntervals]
  /// Slope and intercept of each class's probabilities, with intervals; `nil` for a subgroup, where there are no scores,
  /// and as read from a file that has none.
  public let calibration: CalibrationSlopes?
  /// What each class's scores reach at thresholds of use, `[C]`; empty for a subgroup, and as read from a
  /// file that has none.
  public let thresholdMetrics: [ThresholdMetrics]
  /// How resamples were drawn.
  public let resampling: ResamplingSummary
  /// Advice about classes with fewer than ten true examples.
  public let smallSamples: [SmallSample]

  /// The assessment of a set of predictions; rows without truth are left out.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - shots: Classes grouped by training examples, `[C]`, where known.
  ///   - settings: How intervals are made.
  /// - Precondition: `shots` has as many entries as `predictions` has classes.
  public init(
    _ predictions: Predictions, shots: ShotGroups? = nil,
    settings: IntervalSettings = IntervalSettings()
  ) {
    self.init(
      predictions, rows: labelledRows(predictions), MetricsReport(predictions, shots: shots),
      settings, hasThresholds: true)
  }

  /// The assessment of a set of predictions without what is read at thresholds and without calibration curves, which
  /// take longer than the rest where a class is rare.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - settings: How intervals are made.
  package init(metricsOf predictions: Predictions, settings: IntervalSettings) {
    self.init(
      predictions, rows: labelledRows(predictions), MetricsReport(predictions), settings,
      hasThresholds: false)
  }

  /// The assessment of some rows.
  ///
  /// - Parameters:
  ///   - predictions: Where the rows come from.
  ///   - rows: Rows with truth, in the order of their paths.
  ///   - report: The values of these rows.
  ///   - settings: How intervals are made.
  ///   - hasThresholds: Whether to make the threshold metrics, and slopes and intercepts of calibration.
  init(
    _ predictions: Predictions, rows: [Int], _ report: MetricsReport, _ settings: IntervalSettings,
    hasThresholds: Bool
  ) {
    let evidence = ResampledPredictions(
      predictions, rows: rows, shots: report.shots, settings: settings)
    self.report = report
    let rules = IntervalRules(report: report, evidence: evidence, settings: settings)
    intervals = rules.metrics
    classIntervals = rules.classes
    let thresholds =
      hasThresholds && predictions.hasScores
      ? ThresholdRules(predictions, rows: rows, evidence: evidence, settings: settings) : nil
    thresholdMetrics = report.classes.enumerated().compactMap { index, name in
      thresholds?.metrics(of: index, name: name)
    }
    calibration =
      hasThresholds && predictions.hasScores
      ? CalibrationSlopes(predictions, rows: rows, settings: settings) : nil
    resampling = ResamplingSummary(settings, evidence.plan, column: evidence.groupColumn)
    smallSamples = report.perClass.compactMap {
      SmallSample($0.name, correct: $0.correct, of: $0.support)
    }
  }
}

extension Assessment: Codable {
  enum CodingKeys: String, CodingKey {
    case intervals
    case classIntervals = "class_intervals"
    case calibration = "calibration_slopes"
    case thresholdMetrics = "threshold_metrics"
    case resampling
    case smallSamples = "small_samples"
  }

  /// Writes the report's keys as they are without intervals, and beside them `intervals`, `class_intervals`,
  /// `calibration_slopes`, `threshold_metrics`, `resampling` and `small_samples`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    let all = Metric.catalogue.map { ($0.name, intervals[$0.name]) }
    try container.encode(
      Dictionary(uniqueKeysWithValues: all), forKey: .intervals)
    try container.encode(classIntervals, forKey: .classIntervals)
    try container.encodeIfPresent(calibration, forKey: .calibration)
    try container.encode(thresholdMetrics, forKey: .thresholdMetrics)
    try container.encode(resampling, forKey: .resampling)
    try container.encode(smallSamples, forKey: .smallSamples)
  }

  /// Reads an assessment.
  ///
  /// - Throws: `DecodingError` where a key is missing, as it is in a report without intervals.
  public init(from decoder: any Decoder) throws {
    report = try MetricsReport(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    intervals = try container.decode([String: MetricInterval?].self, forKey: .intervals)
      .compactMapValues { $0 }
    classIntervals = try container.decode([ClassIntervals].self, forKey: .classIntervals)
    calibration = try container.decodeIfPresent(CalibrationSlopes.self, forKey: .calibration)
    thresholdMetrics =
      try container.decodeIfPresent([ThresholdMetrics].self, forKey: .thresholdMetrics) ?? []
    resampling = try container.decode(ResamplingSummary.self, forKey: .resampling)
    smallSamples = try container.decode([SmallSample].self, forKey: .smallSamples)
  }
}
