import Decisions
import Evaluation
import Uncertainty

extension EvaluationPart {
  /// `nil` where there are neither metrics nor predictions.
  init?(
    _ evaluated: RunContents.Evaluated, options: ReportOptions, image: (String) -> [UInt8]?
  ) {
    guard let predictions = evaluated.predictions else {
      guard let judgement = evaluated.judgement else { return nil }
      self.init(split: evaluated.split, judgement: judgement)
      return
    }
    let shots = evaluated.judgement?.report.shots
    self.init(
      split: evaluated.split,
      judgement: evaluated.judgement?.assessment.map { .assessed($0) }
        ?? Judgement(predictions, shots: shots, options.intervals), curves: ClassCurves.all(predictions),
      subgroups: Subgroup.all(predictions, shots: shots, options: options),
      failures: FailureCases(predictions, options: options, image: image),
      calibration: CalibrationQuality(LabelledProbabilities(predictions)))
  }

  /// What `calibrator`, fitted on another part, makes of the probabilities of this one.
  mutating func calibrate(
    with calibration: Calibration, fittedOn part: String, _ predictions: Predictions
  ) {
    guard calibration != .none else { return }
    let sample = LabelledProbabilities(predictions)
    calibrated = Calibrated(
      kind: calibration.kind, fittedOn: part,
      quality: CalibrationQuality(sample.mapping { calibration($0) }))
  }
}

extension Judgement {
  /// With intervals where there are settings for them.
  init(_ predictions: Predictions, shots: ShotGroups?, _ settings: IntervalSettings?) {
    self =
      settings.map { .assessed(Assessment(predictions, shots: shots, settings: $0)) }
      ?? .plain(MetricsReport(predictions, shots: shots))
  }
}

extension Predictions {
  /// Some rows with all their columns.
  func selecting(_ rows: [Int]) -> Predictions? {
    try? Predictions(
      classes: classes, paths: rows.map { paths[$0] }, truths: rows.map { truths[$0] },
      predicted: rows.map { predicted[$0] }, probabilities: rows.flatMap { Array(self[$0]) },
      columns: columns.map { column in Column(column.name, rows.map { column.values[$0] }) })
  }
}

extension Subgroup {
  /// A column with more values than this tells examples apart rather than grouping them.
  private static let mostValues = 24

  static func all(
    _ predictions: Predictions, shots: ShotGroups?, options: ReportOptions
  ) -> [Subgroup] {
    predictions.columns.flatMap { column -> [Subgroup] in
      let values = Set(column.values).sorted()
      guard column.name != "group", column.name != "split", (2...mostValues).contains(values.count)
      else { return [] }
      return values.compactMap { value in
        let rows = (0..<predictions.count).filter {
          column.values[$0] == value && predictions.truths[$0] != nil
        }
        guard rows.count >= max(1, options.smallestSubgroup),
          let part = predictions.selecting(rows)
        else { return nil }
        return Subgroup(
          attribute: column.name, value: value,
          judgement: Judgement(part, shots: shots, options.intervals))
      }
    }
  }
}
