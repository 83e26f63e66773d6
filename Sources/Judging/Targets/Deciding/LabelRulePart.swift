import Decisions
import Evaluation

extension LabelRule.Part {
  /// What is decided about one label.
  ///
  /// - Parameters:
  ///   - label: in `0..<L`.
  ///   - validation: examples that the model has not learned from.
  ///   - plan: what is asked.
  /// - Throws: what a rule of two classes throws.
  init(_ label: Int, on validation: LabelPredictions, _ plan: LabelRule.Plan) throws {
    let name = validation.labels[label]
    guard let one = validation.one(label), Set(one.truths).count == 2 else {
      self.init(
        label: name, rule: nil, threshold: 0.5,
        chosenBy: "nothing: validation has no example of both kinds",
        withoutSets: plan.missRate.map { _ in "validation has no example of both kinds" })
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
    var rule = try asked.choose(on: sample)
    let reason = rule.conformal.flatMap { Self.shortage($0, of: sample) }
    if reason != nil {
      // Without sets the calibration has all of validation.
      asked.missRate = nil
      rule = try asked.choose(on: sample)
    }
    let (threshold, chosenBy) = Self.threshold(rule, sample, plan.costs[name], plan.chosenOn)
    self.init(
      label: name, rule: rule, threshold: threshold, chosenBy: chosenBy, withoutSets: reason)
  }

  private static func threshold(
    _ rule: DecisionRule, _ sample: LabelledProbabilities, _ costs: LabelCosts?, _ place: String
  ) -> (Double, String) {
    if let point = rule.operatingPoints.first {
      return (point.threshold, point.constraint.description)
    }
    if let costs {
      return (
        costs.threshold,
        "least expected cost: a miss \(costs.miss), a false alarm \(costs.falseAlarm)"
      )
    }
    let scores = (0..<sample.count).map { rule.probabilities(sample[$0])[1] }
    return (LabelRule.bestF1(scores, sample.truths), "best F1 on \(place)")
  }

  /// Why sets would hold an answer for every example, whatever the model says; `nil` where they would not.
  private static func shortage(_ sets: ConformalSets, of sample: LabelledProbabilities) -> String? {
    let units = sample.groups == nil ? "examples" : "groups of examples"
    let short = [(1, "have it"), (0, "have it not")].filter { sets.alwaysIncludes($0.0) }
    guard !short.isEmpty else { return nil }
    return short.map { side, words in
      "\(sets.fewestExamples) \(units) that \(words) are needed, and there are \(sets.examples[side]) examples"
    }.joined(separator: ", and ")
  }
}
