import Files
import Reports
import Runs
import Targets
import Uncertainty

/// What the folds of a cross-fit of labels or numbers came to, written and told.
extension CrossfitRun {
  /// Of all images together the probabilities are judged as they are; of each fold also the decisions by the thresholds that its own
  /// validation chose.
  ///
  /// - Parameters:
  ///   - predictions: of all folds.
  ///   - runs: of each fold, `[K]`.
  func summary(_ predictions: LabelPredictions, _ runs: [LabelRun]) throws -> CrossfitSummary {
    let folds = try runs.map { run in
      try run.assessed(
        LabelPredictions.read(run.run.predictions("test")), of: "test", intervals: nil)
    }
    var found = LabelAssessment(predictions, settings: IntervalSettings())
    if folds.contains(where: { $0.values["f1_macro_stored"] != nil }) {
      found.notes = [
        "f1_macro_stored in folds-crossfit.json is by the thresholds that each fold's own validation chose"
      ]
    }
    if let study = try runs.first?.study() {
      found.notes.append(
        "judged image by image; for studies: steelyard evaluate \(directory.predictions) --study-column \(study.column)"
          + " --study-join \(study.join.rawValue)")
    }
    try predictions.write(to: directory.predictions)
    return try summary(
      found, TargetSheet(found), .labels,
      FoldsRecord(sizes: folds.map(\.n), values: folds.map(\.values)))
  }

  /// - Parameters:
  ///   - predictions: of all folds.
  ///   - runs: of each fold, `[K]`.
  func summary(_ predictions: NumberPredictions, _ runs: [NumberRun]) throws -> CrossfitSummary {
    let folds = try runs.map { run in
      try run.assessed(
        NumberPredictions.read(run.run.predictions("test")), intervals: nil)
    }
    var found = NumberAssessment(predictions, settings: IntervalSettings())
    if predictions.intervals != nil {
      found.notes = ["prediction intervals are those of each fold's own validation"]
    }
    try predictions.write(to: directory.predictions)
    return try summary(
      found, TargetSheet(found), .number,
      FoldsRecord(sizes: folds.map(\.n), values: folds.map(\.values)))
  }

  private func summary(
    _ found: any Encodable & Sendable, _ sheet: TargetSheet, _ kind: TargetKind,
    _ record: FoldsRecord
  ) throws -> CrossfitSummary {
    try JSONFile.write(found, to: directory.metrics)
    try record.write(to: directory.foldMetrics)
    return CrossfitSummary(
      path: directory.path, pooled: .other(kind, found, sheet), folds: record)
  }
}

extension FoldsRecord {
  /// The record of folds that are numbered from 1.
  ///
  /// - Parameters:
  ///   - sizes: images of each fold, `[K]`.
  ///   - values: the metrics of each fold, `[K]`.
  init(sizes: [Int], values: [[String: Double]]) {
    self.init(
      names: sizes.indices.map { "\($0 + 1)" }, sizes: sizes,
      metrics: FoldSummary.all(values: values))
  }
}
