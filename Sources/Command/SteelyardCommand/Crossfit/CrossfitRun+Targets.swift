import Files
import Reports
import Runs
import Targets
import Uncertainty

/// What the folds of a cross-fit of labels or numbers came to, written and told.
extension CrossfitRun {
  /// Of all images together the probabilities are judged as they are; of each fold also the decisions by the thresholds that its own
  /// validation chose. Images that are views of studies are judged study by study too, each joined as its own fold's run joins.
  ///
  /// - Parameters:
  ///   - all: what the folds said.
  ///   - runs: of each fold, `[K]`.
  func summary(_ all: OutOfFold, _ runs: [LabelRun]) throws -> CrossfitSummary {
    let joins = try runs.map { try $0.study() }
    let folds = try zip(runs, joins).map { run, join in
      try run.judged(
        LabelPredictions.read(run.run.predictions("test")), of: "test", by: join, intervals: nil)
    }
    let predictions = try all.labelPredictions()
    var found = LabelAssessment(predictions, settings: IntervalSettings())
    if folds.contains(where: { $0.values["f1_macro_stored"] != nil }) {
      found.notes = [
        "f1_macro_stored in folds-crossfit.json is by the thresholds that each fold's own validation chose"
      ]
    }
    try predictions.write(to: directory.predictions)
    var result = LabelResult(found: found)
    if let studies = try PooledStudies(predictions, by: joins, file: directory.predictions) {
      try studies.table.write(to: directory.studies)
      var judged = LabelAssessment(studies.table, settings: IntervalSettings())
      judged.notes = [studies.statement(images: predictions.count)]
      found.notes.insert("the same, image by image", at: 0)
      result = LabelResult(found: judged, images: found, join: studies.join)
    }
    return try summary(
      result, result.sheets, .labels,
      FoldsRecord(
        sizes: folds.map { ($0.images ?? $0.found).n }, values: folds.map(\.values)))
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
      found, [TargetSheet(found)], .number,
      FoldsRecord(sizes: folds.map(\.n), values: folds.map(\.values)))
  }

  private func summary(
    _ found: any Encodable & Sendable, _ sheets: [TargetSheet], _ kind: TargetKind,
    _ record: FoldsRecord
  ) throws -> CrossfitSummary {
    try JSONFile.write(found, to: directory.metrics)
    try record.write(to: directory.foldMetrics)
    return CrossfitSummary(
      path: directory.path, pooled: .other(kind, found, sheets), folds: record)
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
