import ArgumentParser
import Evaluation
import Targets
import Uncertainty

/// `steelyard gate`
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Let a new model pass only where it is not shown to be worse.",
    discussion: """
      Compares two models on the same images with paired intervals. Exit status 2 if an interval \
      rules a requirement out: all of it lies beyond the bound. A difference that these images cannot \
      decide passes, and is said to be undecided; --strict stops it too. Exit status 1 if the two \
      cannot be compared. Where images are resampled differences have percentile intervals, whatever \
      --bootstrap says, of fewer than 50 images the longer of those and Student's of a jackknife, which is also that of groups. Both take images as they came; --fixed-counts is for a design that fixed how many of each class there are.

      Several requirements share the level (Bonferroni), so that together they rule out a model that is as good \
      no more often than one does.

      --non-inferior MARGIN turns the burden of proof: the new model passes where every interval shows that it loses \
      no more than MARGIN, and undecided stops it. Then --require may name a metric alone, and without any it is mcc. \
      Each metric has the whole level: a model that loses more in one of them would have to be lucky there (an \
      intersection-union test).

      A bound is of the difference, second minus first: "accuracy >= -0.01" lets accuracy fall by 0.01, \
      "accuracy >= 0.01" asks for a gain. Of one class recall, f1, roc_auc and average_precision can be \
      required, such as "recall[melanoma] >= -0.05". Of two classes average_precision and roc_auc_ovr are \
      those of the positive one, the same for both models.

      Two tables of several labels, or of numbers, are compared as well: "average_precision_macro >= -0.01", of one label \
      "roc_auc[effusion] >= -0.02", of numbers "mae <= 0.5".

      Example: steelyard gate runs/old runs/new --require "f1_macro >= -0.01"
      Example: steelyard gate runs/old runs/new --non-inferior 0.02 --require mcc --require "recall[melanoma]"
      """)

  @Argument(help: ArgumentHelp("The model in use: run directory or predictions.", valueName: "a"))
  var baseline: String

  @Argument(help: ArgumentHelp("The new model: run directory or predictions.", valueName: "b"))
  var candidate: String

  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "Bound of the difference b − a of a metric, such as \"f1_macro >= -0.01\", or of a metric of one class; repeatable.",
      valueName: "requirement"))
  var requirements: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Pass only what is shown to lose no more than this, in every required metric (default: mcc).",
      valueName: "margin"))
  var nonInferior: Double?

  @Option(help: ArgumentHelp("Part of the data (default: test of runs).", valueName: "part"))
  var split: String?

  @Flag(help: "Undecided is not good enough.")
  var strict = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Targets") var target: TargetFlags
  @OptionGroup(title: "Intervals") var intervals: GroupedIntervalFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func run() throws {
    let kind = target.kind(of: baseline, reading.options)
    try target.check(kind, of: baseline)
    try reading.check(kind, of: baseline)
    let gate = TargetGate(
      kind: kind, baseline: baseline, candidate: candidate, split: split, nonInferior: nonInferior)
    let wanted = try gate.isOfClasses ? wanted() : gate.wanted(requirements)
    let verdicts: [Verdict]
    do {
      if gate.isOfClasses {
        let comparison = try compared(wanted)
        verdicts = try wanted.map { try Verdict($0, comparison) }
      } else {
        verdicts = try gate.verdicts(
          wanted, target, intervals, reading.options, note: report.note)
      }
    } catch let error
      where !(error is OptionError || error is RequirementError || error is PositiveClassError)
    {
      // Exit status 2 is kept for a gate that is shut: a comparison that failed must not look like one.
      StandardStreams.note("Error: \(error)")
      throw ExitCode(ExitStatus.failure)
    }
    if report.json {
      try StandardStreams.json(verdicts)
    } else {
      verdicts.forEach { StandardStreams.result($0.summary) }
      let shown = verdicts.map { (name: $0.requirement.subject, interval: $0.difference.interval) }
      if let methods = EstimateText.methods(shown) {
        let level = shown.compactMap { $0.interval?.level }.first ?? IntervalSettings().level
        report.note("paired \(EstimateText.level(level)) intervals made by: \(methods)")
      }
    }
    let isStrict = strict || nonInferior != nil
    let stops: [Verdict.Outcome] = isStrict ? [.ruledOut, .undecided] : [.ruledOut]
    if verdicts.contains(where: { stops.contains($0.outcome) }) {
      throw ExitCode(ExitStatus.checkFailed)
    }
  }

  /// What is required; with a margin a metric alone is enough.
  private func wanted() throws -> [Uncertainty.Requirement] {
    guard let margin = nonInferior else {
      return try requirements.map { try Uncertainty.Requirement(parsing: $0) }
    }
    let subjects = requirements.isEmpty ? [SelectionMetric.mcc.rawValue] : requirements
    return try subjects.map { text in
      // A class may be called anything.
      let rest = text.lastIndex(of: "]").map { text[$0...] } ?? text[...]
      let isBounded = Uncertainty.Requirement.Relation.allCases.contains {
        rest.contains($0.rawValue)
      }
      return isBounded
        ? try Uncertainty.Requirement(parsing: text)
        : try Uncertainty.Requirement(nonInferior: text, margin: margin)
    }
  }

  private func compared(_ wanted: [Uncertainty.Requirement]) throws -> Comparison {
    var (first, second) = (
      try LabelledPredictions(baseline, split: split, reading.options),
      try LabelledPredictions(candidate, split: split, reading.options)
    )
    for one in [first, second] { one.notes.forEach { report.note("\(one.path): \($0)") } }
    if target.kind(of: baseline, reading.options) == .grades {
      first.predictions = try first.predictions.graded(target.order, path: baseline)
      second.predictions = try second.predictions.graded(target.order, path: candidate)
    }
    LabelledPredictions.settle(&first, &second)
    // Before the resamples, which take their time.
    let values = MetricsReport(first.predictions, shots: first.shots)
    for requirement in wanted {
      try requirement.check(classes: first.predictions.classes)
      try requirement.check(first: values)
      if requirement.needsScores {
        for one in [first, second] { _ = try one.withScores(for: requirement.subject) }
      }
    }
    guard let settings = try intervals.settings(for: first.predictions, of: baseline) else {
      throw OptionError.conflict("resamples: a gate decides by intervals; give at least 1")
    }
    // Together several requirements stop equal models as seldom as one does. Where all must be shown, a model that
    // breaks one is let through no more often than by that one alone.
    let share = nonInferior == nil ? wanted.count : 1
    return try Comparison(
      first.predictions, second.predictions, shots: first.shots,
      settings: settings.shared(by: share))
  }

  func validate() throws {
    if requirements.isEmpty, nonInferior == nil {
      throw ValidationError("Say what is required, such as --require \"f1_macro >= -0.01\".")
    }
  }
}
