import Decisions
import Evaluation
import Randomness

/// Makes a decision rule from validation predictions, as the flags ask.
struct RuleMaker {
  let flags: DecisionFlags
  /// Class frequencies that training drew, and those there were; `nil` where not known.
  let sampler: DecisionPlan.Sampler?
  /// How tables are read.
  let reading: PredictionOptions

  /// A calibration that was not taken, and why.
  struct Refused: Encodable {
    var method: String
    var reason: String
  }

  /// A rule, and the estimate of prevalence that it uses, where one was asked for.
  struct Made {
    var rule: DecisionRule
    var prevalence: PrevalenceEstimate?
    /// What calibration is worth on validation, no group being in a fit and in its assessment; `nil`
    /// without calibration, or with too few groups for five folds.
    var crossFitted: CalibrationComparison?
    /// Calibrations of less log loss that were not taken.
    var refused: [Refused] = []

    /// Where probabilities and class shares of validation do not agree.
    var departure: String?
    /// Where validation contradicts the class shares that training drew.
    var shares: String?

    /// What the calibration does that should not pass without a word.
    var warnings: [String] {
      rule.calibration.warnings(classes: rule.classes).map(\.description)
        + [departure, shares].compactMap(\.self)
    }
  }

  /// The rule chosen on `labelled`.
  /// - Throws: the part that cannot be had, and the best that can.
  func rule(on labelled: LabelledPredictions) throws -> Made {
    let validation = LabelledProbabilities(labelled.predictions)
    var plan = try plan(for: validation.classes)
    let recorded = plan.sampler
    plan.sampler = recorded.flatMap { $0.checked(on: validation) }
    plan.chosenOn = labelled.split == "all" ? labelled.path : labelled.split
    let correction = try plan.sampler.map {
      try PriorCorrection(from: $0.drawn, to: $0.natural, classes: validation.classes)
    }
    var random = RandomKey(seed: 0).folding("folds").source
    var refused: [Refused] = []
    if flags.method == DecisionFlags.automatic {
      let choice = try CalibrationMethod.choice(
        on: validation, before: correction, using: &random)
      plan.calibration = choice.method
      refused = choice.refused.map { Refused(method: $0.method, reason: $0.reason.description) }
    }
    let comparison =
      plan.calibration == .none
      ? nil
      : try? CalibrationComparison(
        plan.calibration, on: validation, before: correction, using: &random)
    let prevalence = try flags.unlabelled.map {
      try estimate(try PredictionReading.table($0, reading).predictions, validation, plan)
    }
    plan.targetPrior = prevalence?.prior ?? plan.targetPrior
    let rule = try plan.choose(on: validation)
    return Made(
      rule: rule, prevalence: prevalence, crossFitted: comparison, refused: refused,
      departure: rule.departure(on: validation)?.description,
      shares: Self.contradiction(recorded, plan.sampler))
  }

  /// What is said where validation contradicts the class shares that training drew.
  private static func contradiction(
    _ recorded: DecisionPlan.Sampler?, _ checked: DecisionPlan.Sampler?
  ) -> String? {
    guard let recorded, checked != recorded else { return nil }
    return checked == nil
      ? "undoing the class shares that training drew would raise the log loss on validation, so they are left"
      : "validation fits equal class shares better than those that training drew (some losses take these out),"
        + " so equal shares are undone"
  }

  private func plan(for classes: [String]) throws -> DecisionPlan {
    var plan = DecisionPlan(calibration: CalibrationMethod.named(flags.method) ?? .none)
    plan.sampler = flags.samplerCorrection ? sampler : nil
    plan.targetPrior = try flags.targetPrior.map { try PriorText.parse($0, classes: classes) }
    plan.points = points
    plan.costs = try flags.costs.map { try CostFile.read($0, classes: classes) }
    plan.abstention =
      flags.coverage.map { .coverage(atLeast: $0) } ?? flags.risk.map { .risk(atMost: $0) }
    plan.promisesRisk = flags.promised && flags.risk != nil
    plan.missRate = flags.conformal
    plan.score = flags.conformalScore
    return plan
  }

  /// One point for each class; what is asked of a class a second time must hold besides.
  private var points: [DecisionPlan.Point] {
    let asked =
      flags.sensitivity.map { ($0.name, Constraint.sensitivity(atLeast: $0.level)) }
      + flags.specificity.map { ($0.name, Constraint.specificity(atLeast: $0.level)) }
      + flags.workload.map { ($0.name, Constraint.workload(atMost: $0.level)) }
    var points: [DecisionPlan.Point] = []
    for (name, constraint) in asked {
      if let place = points.firstIndex(where: { $0.name == name }) {
        points[place].also.append(constraint)
      } else {
        points.append(.init(name, constraint, promised: flags.promised))
      }
    }
    return points
  }

  /// The probabilities are corrected and calibrated first: both estimators take them at their word.
  private func estimate(
    _ unlabelled: Predictions, _ validation: LabelledProbabilities, _ plan: DecisionPlan
  ) throws -> PrevalenceEstimate {
    var calibrating = DecisionPlan(calibration: plan.calibration)
    calibrating.sampler = plan.sampler
    let rule = try calibrating.choose(on: validation).checked(for: unlabelled.classes)
    let probabilities = try rule.applied(to: unlabelled).probabilities
    let key = RandomKey(seed: 0).folding("prevalence")
    switch flags.estimate {
    case .saerens:
      // It calibrates by itself, anew in every resample.
      return try .saerens(
        unlabelled.probabilities, validation: validation, calibration: plan.calibration,
        before: rule.samplerCorrection, groups: unlabelled.groups, key: key)
    case .bbse:
      return try .blackBox(
        probabilities, validation: rule.applied(to: validation), groups: unlabelled.groups,
        key: key)
    }
  }
}
