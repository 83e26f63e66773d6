import Evaluation
import Files
import Reports
import Runs
import Targets
import Training
import Uncertainty

/// What the run of a cell came to, where its target is labels or a number.
enum TargetCell {
  /// Of several labels.
  case labels(LabelRun)
  /// Of a number.
  case number(NumberRun)

  /// - Returns: nil for a run of classes.
  init?(_ run: RunDirectory) {
    if let labels = LabelRun(run) {
      self = .labels(labels)
    } else if let number = NumberRun(run) {
      self = .number(number)
    } else {
      return nil
    }
  }

  private var run: RunDirectory {
    switch self {
    case .labels(let labels): labels.run
    case .number(let number): number.run
    }
  }

  /// The metrics of a part, of images and where there are some of studies, and of each label its areas.
  func metrics(_ part: String) throws -> [String: Double] {
    switch self {
    case .labels(let labels):
      let found = try labels.judged(
        LabelPredictions.read(run.predictions(part)), of: part, by: labels.study(), intervals: nil)
      var values = found.values
      for row in (found.images ?? found.found).perLabel {
        values["roc_auc[\(row.name)]"] = row.rocAUC
        values["average_precision[\(row.name)]"] = row.averagePrecision
      }
      return values
    case .number(let number):
      return try number.assessed(
        NumberPredictions.read(run.predictions(part)), intervals: nil
      ).values
    }
  }

  /// How well validation liked it, larger is better; nil where there is none.
  func merit(_ metric: SelectionMetric) throws -> Double? {
    guard FilePath.isFile(run.predictions("val")) else { return nil }
    return try metrics("val")[metric.rawValue].map { metric.higherIsBetter ? $0 : -$0 }
  }

  /// The training as a comparison takes it: labels with the thresholds that its validation chose.
  ///
  /// - Parameters:
  ///   - groups: name of the column of groups.
  ///   - values: numbers of other sources.
  func trial(groups: String, values: [String: Double]) throws -> TargetTrials.Trial {
    switch self {
    case .labels(let labels):
      let table = run.predictions("test")
      let predictions = try LabelPredictions.read(table)
      let rule = try labels.rule()
      let decided = try rule?.applied(to: predictions) ?? predictions
      let thresholds = try rule?.matched(predictions.labels).map(\.threshold)
      let shots = try labels.shots(predictions.labels)
      guard let join = try labels.study(), predictions.carried.named(join.column) != nil else {
        return TargetTrials.Trial(
          decided, thresholds: thresholds, shots: shots, groups: groups, values: values)
      }
      return try TargetTrials.Trial(
        decided, by: join, thresholds: thresholds, shots: shots, groups: groups, values: values,
        file: table)
    case .number:
      let predictions = try NumberPredictions.read(run.predictions("test"))
      guard predictions.judged.count > 0 else {
        throw LabelledPredictionsError.noTruth(run.predictions("test"))
      }
      return TargetTrials.Trial(predictions, groups: groups, values: values)
    }
  }
}
