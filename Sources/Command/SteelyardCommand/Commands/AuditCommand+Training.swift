import Audit
import Batches
import Datasets
import Files
import Inference
import Runs

/// What an audit says of the training of a run.
extension AuditCommand {
  /// Explains the answer to one image.
  func explain(_ image: String, _ folder: AuditOutput?) throws {
    let audited = try audited(path ?? "", data, hint: "name them with --data")
    let explanation = try Explainer(audited: audited, isQuiet: report.quiet)
      .explanation(of: image, most: hard.explainTop ?? 10, note: report.note)
    try folder?.write(explanation, picture: audited.picture)
    if report.json { return try StandardStreams.json(explanation) }
    StandardStreams.write(AuditText.of(explanation, style: StandardStreams.style))
    if let output { StandardStreams.result("written: \(output)/explain.html, explain.csv, …") }
  }

  /// The run whose training is looked into.
  private func audited(_ path: String, _ data: String?, hint: String) throws -> AuditedRun {
    try AuditedRun(
      path, data: data, threads: threads.count,
      isGiven: threads.given != nil, hint: hint, note: report.note)
  }

  /// The run whose training an audit looks into, named or audited; nil where there is none.
  ///
  /// - Throws: what reading a named run threw; `OptionError.conflict` where what is asked for needs a run, or its records.
  func trainingRun() throws -> RunDirectory? {
    let named = try hard.trained.map { try RunDirectory(existing: $0) }
    let run = named ?? path.flatMap { try? RunDirectory(existing: $0) }
    if hard.gradients, run == nil {
      throw OptionError.conflict(
        "gradients: they are of the kept weights of a run; audit a run, or name one with --run")
    }
    if hard.earlyEpochs != nil, run.map({ FilePath.isFile($0.examples) }) != true {
      throw OptionError.conflict(
        "early-epochs: they are of a run's records, and \(run?.path ?? "what is audited") has none; train with"
          + " --record examples, and name the run with --run")
    }
    return run
  }

  /// Refuses a run where rows have no names to be found in it by.
  ///
  /// - Throws: `OptionError.conflict`.
  func checkNames(_ labels: GivenLabels) throws(OptionError) {
    guard labels.paths == nil, hard.trained != nil || hard.gradients else { return }
    throw .conflict(
      "\(hard.trained == nil ? "gradients" : "run"): the rows of \(arrays.given ?? path ?? "") have no names that a run could"
        + " know them by; give the labels as a table with a column path")
  }

  /// How hard examples are, by all that there is; nil where they have no names: of rows of an array, ranks would be those of
  /// the self-confidence that `issues.csv` has.
  func hardTable(_ findings: LabelFindings, _ directory: RunDirectory?) throws -> HardTable? {
    guard findings.paths != nil else { return nil }
    var examples = try HardExamples(findings, run: directory, early: hard.earlyEpochs)
    examples.notes.forEach(report.note)
    guard hard.gradients, let directory else { return examples.table }
    let isAudited = hard.trained == nil
    let audited = try audited(
      directory.path, isAudited ? data : nil,
      hint: isAudited
        ? "name them with --data"
        : "audit the run itself with --data: steelyard audit \(directory.path) --gradients --data DATA"
    )
    let kept = try audited.kept(unless: Predictor.gradientObstacle, note: report.note)
    guard !kept.checkpoints.isEmpty else {
      if kept.leftOut > 0 {
        throw OptionError.conflict(
          "gradients: none of the \(kept.leftOut) kept epochs of \(directory.path) has gradients of class probabilities (see"
            + " the notes); use a run of a softmax method")
      }
      throw OptionError.conflict(
        "gradients: \(directory.path) kept no weights of epochs; train with --keep-checkpoints NUMBER, as steelyard train"
          + " --config \(directory.path)/config.yaml --keep-checkpoints NUMBER")
    }
    let (training, target) = (try audited.training(), hard.vogOf ?? .probability)
    let progress = PassProgress(
      "gradients", total: training.count, unit: audited.preprocessing.kind.plural,
      isQuiet: report.quiet)
    defer { progress.finish() }
    let measures = try audited.model.predictor.checkpointMeasures(
      of: ExampleSet(training), by: kept.checkpoints, audited.preprocessing, following: target,
      progress: { progress.advance(to: $0) })
    let notes = examples.take(
      measures, of: training,
      "the kept weights of epochs \(kept.epochs.map(String.init).joined(separator: ", "))",
      following: target)
    notes.forEach(report.note)
    return examples.table
  }
}
