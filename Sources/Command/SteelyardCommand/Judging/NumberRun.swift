import Console
import Evaluation
import Files
import Foundation
import Inference
import Reports
import Runs
import Targets
import Uncertainty

/// A run whose target is a number: what it is judged by, and its page.
struct NumberRun {
  let run: RunDirectory
  private let config: ConfigRecord

  /// - Returns: nil for a run of classes or labels, and for a folder whose options cannot be read, which others say.
  init?(_ run: RunDirectory) {
    guard let config = try? ConfigRecord.read(run.config),
      config["task"] == TargetKind.number.rawValue
    else { return nil }
    (self.run, self.config) = (run, config)
  }

  /// The prediction intervals stored with the model.
  func band() throws -> ConformalBand? {
    FilePath.isFile(run.model) ? try ModelFile.band(of: run.model) : nil
  }

  /// What a table of the run's predictions comes to.
  ///
  /// - Parameters:
  ///   - predictions: with intervals or without.
  ///   - intervals: how intervals of metrics are made; nil leaves them out.
  /// - Throws: `LabelledPredictionsError.noTruth` where no row has a true number.
  func assessed(
    _ predictions: NumberPredictions, intervals: IntervalSettings?
  ) throws -> NumberAssessment {
    guard predictions.judged.count > 0 else { throw LabelledPredictionsError.noTruth(run.path) }
    var found = NumberAssessment(predictions, settings: intervals)
    if predictions.intervals != nil, let band = try band() {
      found.notes = [
        "prediction intervals are split-conformal, made for \(Int((100 * band.level).rounded())) % from \(band.n) validation"
          + " errors: prediction ± \(Format.decimal(band.halfWidth))"
      ]
    }
    return found
  }

  /// Metrics with intervals of each part, the page and the model card.
  func write(intervals: IntervalSettings?) throws {
    var parts: [NumberRunFacts.Evaluation] = []
    for part in try run.evaluatedParts() {
      let found = try assessed(
        NumberPredictions.read(run.predictions(part)), intervals: intervals)
      try JSONFile.write(found, to: run.metrics(part))
      parts.append(.init(part: part, found: found))
    }
    let name = FilePath.name(of: FilePath.absolute(run.path))
    let facts = NumberRunFacts(
      name: name, config: config, data: try DataRecord.readIfPresent(run.data),
      history: try MetricsLog.readIfPresent(run.metricsLines)?.lines.map(\.record) ?? [],
      evaluations: parts)
    try AtomicFile.write(TargetSheet.html(facts.sheets, title: name), to: run.reportPage)
    try ReportFiles.writeCard(facts.card(version: Version.current), run)
  }
}
