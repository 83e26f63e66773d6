import Console
import Decisions
import Evaluation
import Files
import Reports
import Requirements
import Runs
import Targets
import Uncertainty

/// Chooses how each of several labels is decided, on a table, and sees what that achieves on another.
struct LabelDecider {
  let path: String
  let test: String?
  let output: String?
  let flags: DecisionFlags
  let reading: ReadingFlags
  let target: TargetFlags
  let report: ReportFlags
  /// The run whose model gets the rule; nil for a table.
  var trained: LabelRun?

  /// A rule, and what it achieves.
  private struct Result: Encodable {
    let rule: LabelRule
    let achieved: LabelAssessment?
    /// Image by image, as the model gave them, where the rule is of studies.
    let images: LabelAssessment?
    /// What conformal sets did, label by label.
    let sets: [LabelSets]
    /// What decisions cost, label by label.
    let costs: [LabelCostReport]
  }

  /// - Throws: `OptionError` for what a rule of labels has not, `LabelRuleError` for a label that is none.
  func run() throws {
    try check()
    let whole = try LabelPredictions.read(try table("val"), unknown: target.unknown)
    let splits = trained == nil ? whole.carried.splits ?? [] : []
    let (images, name) =
      splits.contains("val")
      ? (whole.part("val", splits), "val") : (whole, trained == nil ? path : "val")
    let join = try target.joining(validation: images, path: path)
    let validation = try joined(images, join, path)
    var plan = try plan(for: validation.labels, chosenOn: name)
    plan.study = join
    plan.hierarchy = try target.hierarchy(among: validation.labels, storedIn: nil)
    plan.hierarchy?.statements(of: validation, unit: join == nil ? "rows" : "studies")
      .forEach(report.note)
    let rule = try LabelRule(on: validation, plan)
    let found = try tested(whole, splits, against: images)
    let seen = try found.map { try joined($0, join, test ?? path) }
    if let seen { try checkApart(validation, seen) }
    var achieved = try seen.map { predictions in
      LabelAssessment(
        try rule.applied(to: predictions),
        thresholds: try rule.matched(predictions.labels).map(\.threshold))
    }
    let sets = try seen.map { try LabelSets.all(rule, on: $0) } ?? []
    let costs = try seen.map { try LabelCostReport.all(rule, on: $0) } ?? []
    let views = join == nil ? nil : found.map { LabelAssessment($0) }
    if let join, let seen, let found {
      achieved?.notes = [join.statement(studies: seen.count, images: found.count)]
    } else if let join {
      report.note(join.statement(studies: validation.count, images: images.count))
    }
    if let output { try JSONFile.write(rule, to: output) }
    if let trained {
      try trained.store(rule)
      try trained.write(intervals: IntervalSettings())
    }
    if report.json {
      return try StandardStreams.json(
        Result(rule: rule, achieved: achieved, images: views, sets: sets, costs: costs))
    }
    StandardStreams.write(
      LabelRuleText(rule: rule, achieved: achieved, images: views, sets: sets, costs: costs)
        .text(style: StandardStreams.style))
  }

  /// The table of a part: of a run, or the one that was named.
  private func table(_ part: String) throws(LabelledPredictionsError) -> String {
    guard let trained else { return path }
    let table = trained.run.predictions(part)
    guard FilePath.isFile(table) else {
      throw .notEvaluated(run: path, split: part)
    }
    return table
  }

  /// The rows that are decided about: studies, where views are joined.
  private func joined(
    _ images: LabelPredictions, _ join: ChosenJoin?, _ file: String
  ) throws -> LabelPredictions {
    try join.map { try images.studies(by: $0.column, $0.join, file: file) } ?? images
  }

  private func plan(for labels: [String], chosenOn: String) throws -> LabelRule.Plan {
    var plan = LabelRule.Plan()
    plan.calibration = CalibrationMethod.named(flags.method) ?? .none
    plan.chosenOn = chosenOn
    (plan.promised, plan.missRate) = (flags.promised, flags.conformal)
    if let file = flags.costs { plan.costs = try LabelCostFile.read(file, labels: labels) }
    let asked =
      flags.sensitivity.map { ($0.name, Constraint.sensitivity(atLeast: $0.level)) }
      + flags.specificity.map { ($0.name, Constraint.specificity(atLeast: $0.level)) }
      + flags.workload.map { ($0.name, Constraint.workload(atMost: $0.level)) }
    for (label, constraint) in asked {
      try known(label, labels)
      guard plan.constraints.updateValue(constraint, forKey: label) == nil else {
        throw OptionError.conflict(
          "\(label): a label has one threshold, so one of --sensitivity, --specificity and --workload"
        )
      }
      guard plan.costs[label] == nil else {
        throw OptionError.conflict(
          "\(label): a label has one threshold, and it has costs and \(constraint) to choose it by; leave one out"
        )
      }
    }
    for (label, part) in try prevalences() {
      try known(label, labels)
      plan.prevalence[label] = part
    }
    return plan
  }

  /// `label=part,…`; parts of labels need not sum to 1.
  private func prevalences() throws -> [(String, Double)] {
    guard let text = flags.targetPrior else { return [] }
    let levels = try text.split(separator: ",", omittingEmptySubsequences: false).map { piece in
      guard let level = ClassLevel(argument: String(piece)) else {
        throw OptionError.conflict(
          "target-prior: expected label=part,… such as effusion=0.02, got '\(text)'")
      }
      guard level.level > 0, level.level < 1 else {
        throw LabelRuleError.notAPrevalence("\(level.level)", label: level.name)
      }
      return (level.name, level.level)
    }
    var seen: Set<String> = []
    if let twice = levels.first(where: { !seen.insert($0.0).inserted }) {
      throw OptionError.conflict(
        "target-prior: '\(twice.0)' is named twice in '\(text)'; keep one of them")
    }
    return levels
  }

  private func known(_ label: String, _ labels: [String]) throws(LabelRuleError) {
    guard !labels.contains(label) else { return }
    throw .unknownLabel(label, nearest: nearest(to: label, among: labels), known: labels)
  }

  private func check() throws(OptionError) {
    let given: [(name: String, isGiven: Bool)] = [
      ("unlabelled", flags.unlabelled != nil),
      ("coverage", flags.coverage != nil), ("risk", flags.risk != nil),
      ("conformal-score aps", flags.conformalScore != .probability),
      ("calibration auto", flags.method == DecisionFlags.automatic),
      ("rule", target.rule != nil), ("estimate", flags.estimate != .saerens),
      ("no-sampler-correction", !flags.samplerCorrection),
      ("positive", reading.positive != nil), ("renormalize", reading.renormalize),
      ("ordered", reading.ordered),
    ]
    if let option = given.first(where: \.isGiven) {
      throw .conflict("\(option.name): a rule of several labels does not have it yet; leave it out")
    }
    if trained != nil, target.studyColumn != nil || target.studyJoin != nil {
      throw .conflict(
        "study-column: the rule of a run decides about images, as predict sees them; choose one of studies on the table of its"
          + " predictions: steelyard decide \(path)/predictions-val.csv --output rule.json")
    }
  }

  private func tested(
    _ whole: LabelPredictions, _ splits: [String], against validation: LabelPredictions
  ) throws -> LabelPredictions? {
    let seen: LabelPredictions
    if let test {
      seen = try LabelPredictions.read(test, unknown: target.unknown)
    } else if let trained {
      guard FilePath.isFile(trained.run.predictions("test")) else { return nil }
      seen = try LabelPredictions.read(try table("test"), unknown: target.unknown)
    } else if splits.contains("val"), splits.contains("test") {
      seen = whole.part("test", splits)
    } else {
      return nil
    }
    try checkApart(validation, seen)
    return seen
  }

  /// Images and studies that the rule is chosen on do not judge it.
  private func checkApart(
    _ validation: LabelPredictions, _ seen: LabelPredictions
  ) throws(LabelledPredictionsError) {
    let shared = Set(validation.paths).intersection(seen.paths)
    if let example = shared.min() {
      throw .sameExamples(test ?? path, count: shared.count, example: example)
    }
  }
}

extension LabelPredictions {
  /// The rows of a part.
  fileprivate func part(_ name: String, _ splits: [String]) -> LabelPredictions {
    keeping(splits.indices.filter { splits[$0] == name })
  }
}
