import ArgumentParser
import Decisions
import Evaluation
import Files
import Foundation
import Inference
import Runs
import Targets
import Uncertainty

/// `steelyard decide`
struct DecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Choose on validation how a model decides, and see what that achieves on test.",
    discussion: """
      Calibration, the prevalence at deployment, operating points, costs, what is left to a human, \
      conformal sets. Of a run: the rule is chosen on predictions-val.csv, stored in model.safetensors \
      and decision.json in place of an older one, predict follows it, and the report is made anew; \
      --remove takes it out again. Of a table: chosen on its rows of split val, or on all where it has \
      no split, seen on those of split test, and written to --output.

      Of a table of several labels each label gets a threshold (--sensitivity, --specificity, --workload, else that of the \
      best F1, or of the least cost by --costs, a table of label, miss and false_alarm), a calibration and, with \
      --target-prior LABEL=PART, a prevalence of its own; --conformal answers yes, no or unsure of each label, \
      --hierarchy never says a child without its parents. evaluate --rule follows it.

      Example: steelyard decide runs/a --sensitivity melanoma=0.95 --conformal 0.1
      """)

  @Argument(help: ArgumentHelp("Run directory, or validation predictions.", valueName: "run|table"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "Predictions to see it on (default: predictions-test.csv of a run).", valueName: "table"))
  var test: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the rule to this file.", valueName: "file.json"))
  var output: String?

  @Flag(help: "Take the rule out of the model: the most probable class decides again.")
  var remove = false

  @OptionGroup(title: "The rule") var flags: DecisionFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Targets") var target: TargetFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  @Flag(help: "Replace the file if it exists.")
  var overwrite = false

  func validate() throws {
    if !FilePath.isFolder(path) && (remove || (output == nil && !report.json)) {
      throw ValidationError(
        "A rule chosen on a table needs --output or --json, and has no --remove.")
    }
    if remove, output != nil || report.json || test != nil || flags.asksForSomething {
      throw ValidationError(
        "--remove takes the rule out and chooses none; leave out what a rule would be chosen, shown or written by."
      )
    }
    if flags.promised && !flags.hasPromises {
      throw ValidationError(
        "--promised goes with --sensitivity, --specificity, --workload or --risk.")
    }
  }

  func run() throws {
    try ExistingFiles.refuse(
      [("output", output)], over: [path, test, flags.costs, flags.unlabelled, target.hierarchy])
    try ExistingFiles.refuse([("output", output)], unless: overwrite)
    guard FilePath.isFolder(path) else {
      let kind = target.kind(of: path, reading.options)
      try target.check(kind, of: path)
      switch kind {
      case .labels:
        return try LabelDecider(
          path: path, test: test, output: output, flags: flags, reading: reading, target: target,
          report: report
        ).run()
      case .number:
        throw OptionError.conflict(
          "decide: \(path) holds numbers, and a rule decides among classes or labels")
      case .classes, .grades: break
      }
      let hasParts = try labelled(path, split: nil).predictions.splits?.contains("val") ?? false
      return try decide(try labelled(path, split: hasParts ? "val" : nil), run: nil)
    }
    let run = try RunDirectory(existing: path)
    let claim = try run.claimed()
    defer { withExtendedLifetime(claim) {} }
    if NumberRun(run) != nil {
      throw OptionError.conflict(
        "decide: \(path) is a run of numbers, and a rule decides among classes or labels")
    }
    if let labels = LabelRun(run) {
      try target.check(.labels, of: path)
      if let task = target.task, task != .labels {
        throw OptionError.conflict(
          "task: \(path) is a run of labels, not of \(task.words); leave --task out")
      }
      return try decide(labels)
    }
    try target.check(.classes, of: path)
    if remove {
      try ModelFile.store(nil, in: run.model)
      try? FileManager.default.removeItem(atPath: run.decision)
      try ReportFiles.write(run, intervals: IntervalSettings())
      return report.note("the most probable class decides again in \(path)")
    }
    try decide(try labelled(path, split: "val"), run: run)
  }

  /// Of a run of several labels: its thresholds chosen anew on its validation part, stored, and seen on its test part.
  private func decide(_ labels: LabelRun) throws {
    if remove {
      try labels.store(nil)
      try labels.write(intervals: IntervalSettings())
      return report.note("each label is said to be there from 0.5 on again in \(path)")
    }
    try LabelDecider(
      path: path, test: test, output: output, flags: flags, reading: reading, target: target,
      report: report, trained: labels
    ).run()
    report.note("stored in \(labels.run.model) and decision.json; predict follows it")
  }

  private func labelled(_ path: String, split: String?) throws -> LabelledPredictions {
    try LabelledPredictions(path, split: split, reading.options).withScores(for: "a decision rule")
  }

  private func decide(_ validation: LabelledPredictions, run: RunDirectory?) throws {
    let sampler = try run.flatMap { try $0.sampler() }
    let made = try RuleMaker(flags: flags, sampler: sampler, reading: reading.options)
      .rule(on: validation)
    if let run, made.rule.samplerCorrection != nil, try run.isThinned() {
      report.note(
        "long-tail: the training part was thinned out, so probabilities are set to the class shares of validation"
      )
    }
    // Where validation contradicts what training drew, the loss's own shares are undone, or there is nothing to undo.
    if let run, flags.asksForShares, made.shares == nil, !made.rule.calibration.restoresShares,
      let words = run.otherShares()
    {
      report.note(words)
    }
    let labelled = try tested(run, chosenOn: validation)
    for one in [validation, labelled].compactMap({ $0 }) {
      one.notes.forEach { report.note("\(one.path) (\(one.split)): \($0)") }
    }
    let assessment = try labelled.map {
      try DecisionAssessment(made.rule, on: LabelledProbabilities($0.predictions))
    }
    if let run {
      try ModelFile.store(made.rule, in: run.model)
      try made.rule.write(to: run.decision)
      try ReportFiles.write(run, intervals: IntervalSettings())
      report.note(
        "stored in \(run.model) and \(FilePath.name(of: run.decision)); predict follows it")
    }
    if let output { try made.rule.write(to: output) }
    if report.json {
      return try StandardStreams.json(
        Result(
          rule: made.rule, prevalence: made.prevalence, crossFitted: made.crossFitted,
          warnings: made.warnings, refused: made.refused, achieved: assessment))
    }
    let shown = labelled.flatMap { labelled in
      assessment.map { (labelled.split == "all" ? labelled.name : labelled.split, $0) }
    }
    StandardStreams.write(
      DecisionText(
        rule: made.rule, prevalence: made.prevalence, crossFitted: made.crossFitted,
        refused: made.refused, departure: made.departure, shares: made.shares, assessment: shown
      )
      .text(style: StandardStreams.style))
  }

  /// Predictions on examples that the rule was not chosen on, where there are any.
  private func tested(_ run: RunDirectory?, chosenOn validation: LabelledPredictions) throws
    -> LabelledPredictions?
  {
    let labelled: LabelledPredictions
    if let test {
      labelled = try self.labelled(test, split: nil)
    } else if let run {
      guard FilePath.isFile(run.predictions("test")) else { return nil }
      labelled = try self.labelled(run.path, split: "test")
    } else {
      guard try self.labelled(path, split: nil).predictions.splits?.contains("test") ?? false
      else {
        return nil
      }
      labelled = try self.labelled(path, split: "test")
    }
    let shared = Set(validation.predictions.paths).intersection(labelled.predictions.paths)
    if let example = shared.min() {
      throw LabelledPredictionsError.sameExamples(
        labelled.path, count: shared.count, example: example)
    }
    return labelled
  }

  private struct Result: Encodable {
    var rule: DecisionRule
    var prevalence: PrevalenceEstimate?
    var crossFitted: CalibrationComparison?
    var warnings: [String]
    var refused: [RuleMaker.Refused]
    var achieved: DecisionAssessment?

    enum CodingKeys: String, CodingKey {
      case rule, prevalence
      case crossFitted = "cross_fitted"
      case warnings = "calibration_warnings"
      case refused = "calibrations_refused"
      case achieved
    }
  }
}

extension DecisionFlags {
  /// Whether anything is said of a rule.
  fileprivate var asksForSomething: Bool {
    hasPromises || asksForShares || promised || calibration != nil || coverage != nil
      || conformal != nil
  }

  /// Whether the rule goes by how common the classes are, and so takes probabilities at their word.
  fileprivate var asksForShares: Bool { targetPrior != nil || costs != nil || unlabelled != nil }
}

extension Calibration {
  /// Whether it moves classes by themselves, and so gives them back the shares that they have on validation.
  fileprivate var restoresShares: Bool {
    switch self {
    case .none, .temperature: false
    case .vector, .dirichlet, .isotonic: true
    }
  }
}
