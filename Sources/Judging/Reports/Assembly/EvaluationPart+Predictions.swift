import Evaluation
import Runs
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
    // Metrics of another positive class, as in files from before version 0.2, are made anew.
    let positive = predictions.positiveClass(shots: shots)?.index
    let stored = evaluated.judgement?.assessment.flatMap {
      $0.report.positive?.index == positive && $0.report.areOrdered == predictions.areOrdered
        ? Judgement.assessed($0) : nil
    }
    var judgement = stored ?? Judgement(predictions, shots: shots, options.intervals)
    if judgement.report.notes.isEmpty { judgement.notes = evaluated.notes }
    let hasScores = predictions.hasScores
    let settings = options.settings(like: judgement.assessment?.resampling)
    self.init(
      split: evaluated.split, judgement: judgement,
      curves: hasScores ? ClassCurves.all(predictions, settings) : [],
      thresholdCurves: hasScores ? ThresholdCurves.rarest(predictions) : nil,
      subgroups: SubgroupAssessment.all(
        predictions, shots: shots, options.intervals == nil ? nil : settings),
      failures: hasScores
        ? FailureCases(predictions, options: options, image: image) : nil)
  }
}

extension SubgroupAssessment {
  /// A column with more values than this tells examples apart rather than grouping them.
  private static let mostValues = 24

  /// An assessment for each column that groups the examples.
  static func all(
    _ predictions: Predictions, shots: ShotGroups?, _ settings: IntervalSettings?
  ) -> [SubgroupAssessment] {
    guard let settings else { return [] }
    let groups = predictions.groupColumn(settings.groupColumn)?.name
    return predictions.columns.compactMap { column in
      guard column.name != groups, !["split", "fold"].contains(column.name.lowercased()),
        (2...mostValues).contains(Set(column.values).count)
      else { return nil }
      return try? SubgroupAssessment(
        predictions, column: column.name, shots: shots, settings: settings)
    }
  }
}
