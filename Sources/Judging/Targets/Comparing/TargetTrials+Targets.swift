public import Evaluation
public import Files
public import Uncertainty

extension TargetTrials.Trial {
  /// One training that tells several labels.
  ///
  /// - Parameters:
  ///   - predictions: What the model said of the test rows, with its rule applied.
  ///   - thresholds: Those of the rule, `[L]`, where there is one.
  ///   - shots: Labels grouped by training examples, `[L]`, where known.
  ///   - column: Name of the column of groups.
  ///   - values: Numbers of other sources by name.
  public init(
    _ predictions: LabelPredictions, thresholds: [Double]?, shots: ShotGroups? = nil,
    groups column: String, values: [String: Double] = [:]
  ) {
    let sorted = predictions.byPath
    let metrics = LabelMetrics(sorted, thresholds: thresholds, shots: shots)
    self.init(sorted, groups: column, values: values, names: LabelMetrics.names) {
      Array(metrics.values($0).prefix(LabelMetrics.names.count))
    }
  }

  /// One training that tells several labels of views of studies: metrics of images, and behind them those of studies.
  ///
  /// - Parameters:
  ///   - predictions: What the model said of the test rows, with its rule applied.
  ///   - join: How views become studies.
  ///   - thresholds: Those of the rule, `[L]`, where there is one.
  ///   - shots: Labels grouped by training examples, `[L]`, where known.
  ///   - column: Name of the column of groups.
  ///   - values: Numbers of other sources by name.
  ///   - file: What errors call the table.
  /// - Throws: `FileError.malformed` where the table has no column of the studies.
  public init(
    _ predictions: LabelPredictions, by join: ChosenJoin, thresholds: [Double]?,
    shots: ShotGroups? = nil, groups column: String, values: [String: Double] = [:], file: String
  ) throws(FileError) {
    let sorted = predictions.byPath
    let images = LabelMetrics(sorted, thresholds: thresholds, shots: shots)
    let studies = try StudyMetrics(
      sorted, by: join, thresholds: thresholds, shots: shots, file: file)
    self.init(
      sorted, groups: column,
      values: values.merging([StudyMetrics.countName: Double(studies.count)]) { $1 },
      names: LabelMetrics.names + StudyMetrics.names
    ) {
      images.values($0).prefix(LabelMetrics.names.count) + studies.values($0)
    }
  }

  private init(
    _ sorted: LabelPredictions, groups column: String, values: [String: Double], names: [String],
    metrics: @escaping @Sendable ([Double]) -> [Double]
  ) {
    let (width, groups) = (sorted.labels.count, sorted.carried.groups(column))
    self.init(
      paths: sorted.paths,
      truths: sorted.paths.indices.map { row in
        LabelList.text(
          (0..<width).compactMap { label in
            sorted.truths[row * width + label].map { $0 ? sorted.labels[label] : nil }
              ?? "\(sorted.labels[label])?"
          })
      }, labels: sorted.labels, groups: groups?.values, groupColumn: groups?.name, values: values,
      names: names, metrics: metrics)
  }

  /// One training that tells a number.
  ///
  /// - Parameters:
  ///   - predictions: What the model said of the test rows; those without truth are left out.
  ///   - column: Name of the column of groups.
  ///   - values: Numbers of other sources by name.
  /// - Precondition: some row has a truth.
  public init(
    _ predictions: NumberPredictions, groups column: String, values: [String: Double] = [:]
  ) {
    let judged = predictions.judged
    let truths = judged.truths.map { $0 ?? .nan }
    let metrics = NumberMetrics(judged, bins: NumberBins(of: truths, count: 1))
    let groups = judged.carried.groups(column)
    self.init(
      paths: judged.paths, truths: truths.map { "\($0)" }, labels: [], groups: groups?.values,
      groupColumn: groups?.name, values: values, names: NumberMetrics.names
    ) { Array(metrics.values($0).prefix(NumberMetrics.names.count)) }
  }
}

extension GridComparison {
  /// Several methods that tell labels, or numbers, against a reference.
  ///
  /// - Parameters:
  ///   - trials: The rows, `[M]`, each with as many trainings, all of labels or all of numbers.
  ///   - reference: Place of the row that the others are compared with; `nil` compares nothing.
  ///   - ratio: Size of a test part beside that of what was trained on.
  ///   - settings: How test rows are resampled, and the level of the intervals.
  /// - Throws: `ComparisonError` where two trainings of one seed were judged on other rows.
  /// - Precondition: every row has as many trainings, and some training has an end.
  public init(
    ofTargets trials: [TargetTrials], reference: Int?, ratio: Double, settings: IntervalSettings
  ) throws(ComparisonError) {
    try self.init(
      trials, isLoss: TargetComparison.isLoss, reference: reference, ratio: ratio,
      settings: settings)
  }
}

extension LabelPredictions {
  /// The same with its rows in the order of their paths.
  fileprivate var byPath: LabelPredictions {
    keeping(paths.indices.sorted { paths[$0] < paths[$1] })
  }
}
