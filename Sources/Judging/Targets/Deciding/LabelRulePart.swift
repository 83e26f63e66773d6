import Decisions
import Evaluation

extension LabelRule.Part {
  /// What is decided about one label.
  ///
  /// - Parameters:
  ///   - label: in `0..<L`.
  ///   - validation: examples that the model has not learned from.
  ///   - plan: what is asked.
  /// - Throws: what a rule of two classes throws, `LabelRuleError.notSeenBothWays`, `LabelRuleError.notCalibrated`.
  init(_ label: Int, on validation: LabelPredictions, _ plan: LabelRule.Plan) throws {
    let name = validation.labels[label]
    guard let one = validation.one(label), Set(one.truths).count == 2 else {
      self = try Self.unseen(name, of: validation.one(label)?.truths ?? [], plan)
      return
    }
    let sample = LabelledProbabilities(one)
    var asked = DecisionPlan(calibration: plan.calibration)
    asked.chosenOn = plan.chosenOn
    asked.targetPrior = plan.prevalence[name].map { [1 - $0, $0] }
    asked.costs = plan.costs[name]?.matrix
    asked.missRate = plan.missRate
    if let constraint = plan.constraints[name] {
      asked.points = [DecisionPlan.Point(name, constraint, promised: plan.promised)]
    }
    let rule: DecisionRule
    let reason: String?
    do {
      (rule, reason) = try Self.chosen(asked, on: sample)
    } catch let error as CalibrationError {
      throw LabelRuleError.notCalibrated(name, error)
    }
    let (threshold, chosenBy) = Self.threshold(rule, sample, plan.costs[name], plan.chosenOn)
    self.init(
      label: name, rule: rule, threshold: threshold, chosenBy: chosenBy, withoutSets: reason)
  }

  /// Of a label that validation does not know both ways: what needs no examples is kept, and what needs some is refused.
  private static func unseen(
    _ name: String, of truths: [Int?], _ plan: LabelRule.Plan
  ) throws(LabelRuleError) -> Self {
    let asked =
      plan.constraints[name]?.description ?? plan.prevalence[name].map { "a prevalence of \($0)" }
    if let asked {
      throw .notSeenBothWays(
        name, asked: asked, present: truths.count { $0 == 1 }, absent: truths.count { $0 == 0 })
    }
    let reason = "validation has no example of both kinds"
    let costs = plan.costs[name]
    return Self(
      label: name, rule: nil, threshold: costs?.threshold ?? 0.5,
      chosenBy: costs.map { words($0) + ", of the probability as it is, for \(reason)" }
        ?? "nothing: \(reason)",
      withoutSets: plan.missRate.map { _ in reason })
  }

  /// The rule, and why it has no sets where they were asked for: one poor label has none, and the others keep theirs.
  private static func chosen(
    _ asked: DecisionPlan, on sample: LabelledProbabilities
  ) throws -> (rule: DecisionRule, withoutSets: String?) {
    // Without sets the calibration has all of validation.
    var plain = asked
    plain.missRate = nil
    guard asked.missRate != nil else { return (try plain.choose(on: sample), nil) }
    let rule: DecisionRule
    let reason: String?
    do {
      rule = try asked.choose(on: sample)
      let held = try asked.parts(of: sample).held
      reason = rule.conformal.flatMap {
        shortage($0, of: held, isHalf: held.count < sample.count)
      }
    } catch let error as CalibrationError {
      return (try plain.choose(on: sample), error.description)
    }
    guard let reason else { return (rule, nil) }
    return (try plain.choose(on: sample), reason)
  }

  private static func threshold(
    _ rule: DecisionRule, _ sample: LabelledProbabilities, _ costs: LabelCosts?, _ place: String
  ) -> (Double, String) {
    if let point = rule.operatingPoints.first {
      return (point.threshold, point.constraint.description)
    }
    if let costs {
      return (
        costs.threshold, words(costs)
      )
    }
    let scores = (0..<sample.count).map { rule.probabilities(sample[$0])[1] }
    return (LabelRule.bestF1(scores, sample.truths), "best F1 on \(place)")
  }

  private static func words(_ costs: LabelCosts) -> String {
    "least expected cost: a miss \(costs.miss), a false alarm \(costs.falseAlarm)"
  }

  /// Why sets would hold an answer for every example, whatever the model says; `nil` where they would not.
  ///
  /// - Parameters:
  ///   - sets: of the two answers.
  ///   - sample: what they were made from.
  ///   - isHalf: whether the calibration had the other half of validation.
  private static func shortage(
    _ sets: ConformalSets, of sample: LabelledProbabilities, isHalf: Bool
  ) -> String? {
    let unit = sample.groups == nil ? "examples" : "groups"
    let short = [(1, "have it"), (0, "have it not")].filter { sets.alwaysIncludes($0.0) }
    guard !short.isEmpty else { return nil }
    return short.map { side, words in
      "\(sets.fewestExamples) \(sample.groups == nil ? "" : "groups of ")examples that \(words) are needed, and there are"
        + " \(units(of: side, in: sample)) \(unit)"
    }.joined(separator: ", and ")
      + (isHalf ? " in the half of validation that sets are made from" : "")
  }

  /// Examples of a side, or groups of them; one without a group is its own.
  private static func units(of side: Int, in sample: LabelledProbabilities) -> Int {
    let rows = sample.truths.indices.filter { sample.truths[$0] == side }
    guard let groups = sample.groups else { return rows.count }
    let names = rows.map { groups[$0] }
    return Set(names.filter { !$0.isEmpty }).count + names.count(where: \.isEmpty)
  }
}
