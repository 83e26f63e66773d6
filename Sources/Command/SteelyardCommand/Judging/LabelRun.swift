import Evaluation
import Files
import Foundation
import Inference
import Reports
import Runs
import Targets
import Uncertainty

/// A run whose examples may have several labels: how it decides, what it is judged by, and its page.
struct LabelRun {
  let run: RunDirectory
  private let config: ConfigRecord

  /// - Returns: nil for a run of classes, and for a folder whose options cannot be read, which others say.
  init?(_ run: RunDirectory) {
    guard let config = try? ConfigRecord.read(run.config),
      config["task"] == TargetKind.labels.rawValue
    else { return nil }
    (self.run, self.config) = (run, config)
  }

  /// The thresholds of the best F1 on validation, or as a plan has it; nil where the run has no validation part.
  func chosen(_ plan: LabelRule.Plan = LabelRule.Plan()) throws -> LabelRule? {
    let table = run.predictions("val")
    guard FilePath.isFile(table) else { return nil }
    return try LabelRule(on: LabelPredictions.read(table), plan)
  }

  /// Gives the model a rule, in place of the one before; nil decides from ½ on.
  func store(_ rule: LabelRule?) throws {
    try ModelFile.store(labels: rule, in: run.model)
    if let rule {
      try JSONFile.write(rule, to: run.decision)
    } else {
      try? FileManager.default.removeItem(atPath: run.decision)
    }
  }

  /// How the model decides; nil where it decides from ½ on.
  func rule() throws -> LabelRule? {
    FilePath.isFile(run.model) ? try ModelFile.labelRule(of: run.model) : nil
  }

  /// Labels grouped by training examples; nil where the run does not say how many there were.
  func shots(_ labels: [String]) throws -> ShotGroups? {
    try DataRecord.readIfPresent(run.data).map { data in
      ShotGroups(trainingCounts: labels.map { data.counts["train"]?[$0] ?? 0 })
    }
  }

  /// What a table of the run's predictions comes to, with the stored rule.
  ///
  /// - Parameters:
  ///   - predictions: as the network gave them.
  ///   - part: of the data that they are of.
  ///   - intervals: how intervals are made; nil leaves them out.
  func assessed(
    _ predictions: LabelPredictions, of part: String, intervals: IntervalSettings?
  ) throws -> LabelAssessment {
    let counts = try shots(predictions.labels)
    guard let rule = try rule() else {
      return LabelAssessment(predictions, shots: counts, settings: intervals)
    }
    var found = LabelAssessment(
      try rule.applied(to: predictions),
      thresholds: try rule.matched(predictions.labels).map(\.threshold), shots: counts,
      settings: intervals)
    found.notes =
      ["thresholds are those stored with the model (decision.json)"]
      + (try LabelSets.all(rule, on: predictions)).statements(
        onSeen: ["train", "val", "all"].contains(part))
    return found
  }

  /// Metrics with intervals of each part, of studies where the run has some, the page and the model card.
  ///
  /// - Returns: what each part came to: test first.
  @discardableResult
  func write(
    intervals: IntervalSettings?
  ) throws -> [(part: String, found: LabelAssessment)] {
    var parts: [(part: String, found: LabelAssessment)] = []
    var evaluations: [LabelRunFacts.Evaluation] = []
    let join = try study()
    for part in try run.evaluatedParts() {
      let judged = try judged(
        LabelPredictions.read(run.predictions(part)), of: part, by: join, intervals: intervals)
      try JSONFile.write(judged, to: run.metrics(part))
      parts.append((part, judged.found))
      evaluations += judged.evaluations(of: part)
    }
    let name = FilePath.name(of: FilePath.absolute(run.path))
    let facts = LabelRunFacts(
      name: name, config: config, data: try DataRecord.readIfPresent(run.data),
      history: try MetricsLog.readIfPresent(run.metricsLines)?.lines.map(\.record) ?? [],
      evaluations: evaluations)
    try AtomicFile.write(TargetSheet.html(facts.sheets, title: name), to: run.reportPage)
    try ReportFiles.writeCard(facts.card(version: Version.current), run)
    return parts
  }
}
