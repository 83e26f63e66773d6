import Decisions
import Evaluation

extension EvaluationPart {
  /// `nil` where there are neither metrics nor predictions.
  init?(
    _ evaluated: RunContents.Evaluated, options: ReportOptions, image: (String) -> [UInt8]?
  ) {
    guard let predictions = evaluated.predictions else {
      guard let metrics = evaluated.metrics else { return nil }
      self.init(split: evaluated.split, metrics: metrics)
      return
    }
    let metrics = evaluated.metrics ?? MetricsReport(predictions)
    self.init(
      split: evaluated.split, metrics: metrics, curves: ClassCurves.all(predictions),
      subgroups: Subgroup.all(predictions, shots: metrics.shots, options: options),
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
        var evidence = Evidence(classes: predictions.classes.count)
        for row in 0..<predictions.count where column.values[row] == value {
          if let outcome = predictions.outcome(row) { evidence.add(outcome) }
        }
        let metrics = MetricsReport(evidence, classes: predictions.classes, shots: shots)
        guard metrics.n >= options.smallestSubgroup else { return nil }
        return Subgroup(attribute: column.name, value: value, metrics: metrics)
      }
    }
  }
}
