import Audit
import Batches
import Datasets
import Files
import Foundation
import Inference
import Runs

/// What an audit says of the training of a run.
extension AuditCommand {
  /// Explains the answer to one image.
  func explain(_ image: String, _ folder: AuditOutput?) throws {
    let audited = try audited(path ?? "", data)
    let explanation = try Explainer(audited: audited, isQuiet: report.quiet)
      .explanation(of: image, most: hard.explainTop, note: report.note)
    try folder?.write(explanation, picture: audited.picture)
    if report.json { return try StandardStreams.json(explanation) }
    StandardStreams.write(AuditText.of(explanation, style: StandardStreams.style))
    if let output { StandardStreams.result("written: \(output)/explain.html, explain.csv, …") }
  }

  /// The run whose training is looked into.
  private func audited(_ path: String, _ data: String?) throws -> AuditedRun {
    try AuditedRun(
      path, data: data, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
      isGiven: threads != nil, note: report.note)
  }

  /// How hard examples are, by all that there is; nil where they have no names: of rows of an array, ranks would be those of
  /// the self-confidence that `issues.csv` has.
  func hardTable(_ findings: LabelFindings) throws -> HardTable? {
    guard findings.paths != nil else { return nil }
    let named = try hard.trained.map { try RunDirectory(existing: $0) }
    let directory = named ?? path.flatMap { try? RunDirectory(existing: $0) }
    var examples = try HardExamples(findings, run: directory, early: hard.earlyEpochs)
    examples.notes.forEach(report.note)
    guard hard.gradients else { return examples.table }
    guard let directory else {
      throw OptionError.conflict(
        "gradients: they are of the kept weights of a run; audit a run, or name one with --run")
    }
    let audited = try audited(directory.path, named == nil ? data : nil)
    let kept = try audited.kept(unless: Predictor.gradientObstacle, note: report.note)
    guard !kept.checkpoints.isEmpty else {
      throw OptionError.conflict(
        "gradients: \(directory.path) kept no weights of epochs; train with --keep-checkpoints NUMBER, as steelyard train"
          + " --config \(directory.path)/config.yaml --keep-checkpoints NUMBER")
    }
    let training = try audited.training()
    let progress = PassProgress(
      "gradients", total: training.count, unit: audited.preprocessing.kind.plural,
      isQuiet: report.quiet)
    defer { progress.finish() }
    let measures = try audited.model.predictor.checkpointMeasures(
      of: ExampleSet(training), by: kept.checkpoints, audited.preprocessing, following: hard.vogOf,
      progress: { progress.advance(to: $0) })
    examples.take(
      measures, of: training,
      "the kept weights of epochs \(kept.epochs.map(String.init).joined(separator: ", "))",
      following: hard.vogOf)
    return examples.table
  }
}
