import Decisions
import Evaluation
import Targets
import TestSupport
import Testing
import Uncertainty

/// Costs of mistakes about single labels.
@Suite struct LabelCostsTests {
  /// At each probability the threshold takes the cheaper answer.
  @Test(arguments: [(9.0, 1.0, 0.1), (1, 1, 0.5), (1, 3, 0.75), (0.002, 0.006, 0.75)])
  func theCheaperAnswerIsTaken(_ miss: Double, _ alarm: Double, _ threshold: Double) throws {
    let costs = try #require(LabelCosts(miss: miss, falseAlarm: alarm))
    #expect(close(costs.threshold, threshold, relative: 1e-12))
    for step in 0...200 {
      let p = Double(step) / 200
      guard abs(p - threshold) > 1e-9 else { continue }
      #expect(((1 - p) * alarm < p * miss) == (p >= costs.threshold))
    }
  }

  @Test func costsAreAboveZero() {
    for (miss, alarm) in [(0.0, 1.0), (1, 0), (-1, 1), (.infinity, 1), (1, .nan)] {
      #expect(LabelCosts(miss: miss, falseAlarm: alarm) == nil)
    }
  }

  @Test func theRuleKeepsThemAndSaysWhatTheyCome() throws {
    let table = LabelAssessmentTests.table(120)
    var plan = LabelRule.Plan()
    plan.costs["a"] = LabelCosts(miss: 9, falseAlarm: 1)
    let rule = try LabelRule(on: table, plan)
    #expect(close(rule.thresholds[0], 0.1, relative: 1e-12))
    #expect(rule.parts[0].chosenBy == "least expected cost: a miss 9.0, a false alarm 1.0")
    #expect(rule.parts[1].chosenBy == "best F1 on val")
    let found = try LabelCostReport.all(rule, on: table)
    #expect(found.map(\.label) == ["a"])
    func mean(_ threshold: Double) -> Double {
      (0..<120).reduce(0.0) { sum, row in
        let (has, said) = (row % 3 == 0, table.probabilities[3 * row] >= threshold)
        return sum + (has && !said ? 9 : !has && said ? 1 : 0) / 120
      }
    }
    #expect(close(try #require(found[0].costs.rule.value), mean(0.1), relative: 1e-9))
    #expect(close(try #require(found[0].costs.plain.value), mean(0.5), relative: 1e-9))
  }

  /// Of a label that validation has no example of, costs still choose, and what takes examples is refused.
  @Test func whatIsAskedOfALabelWithoutExamplesIsNotDropped() throws {
    let table = LabelAssessmentTests.table(120)
    var plan = LabelRule.Plan()
    plan.costs["c"] = LabelCosts(miss: 9, falseAlarm: 1)
    let part = try LabelRule(on: table, plan).parts[2]
    #expect(close(part.threshold, 0.1, relative: 1e-12) && part.rule == nil)
    #expect(
      part.chosenBy
        == "least expected cost: a miss 9.0, a false alarm 1.0, of the probability as it is, for validation has no example of both"
        + " kinds")
    plan = LabelRule.Plan()
    plan.constraints["c"] = .sensitivity(atLeast: 0.9)
    let error = #expect(
      throws: LabelRuleError.notSeenBothWays(
        "c", asked: "sensitivity ≥ 0.9", present: 0, absent: 120)
    ) { try LabelRule(on: table, plan) }
    #expect(
      error?.description
        == "sensitivity ≥ 0.9 for 'c' cannot be arranged: 0 validation examples have it and 120 are known not to have it, and it"
        + " takes both; choose on other examples, or leave it out")
    plan = LabelRule.Plan()
    plan.prevalence["c"] = 0.02
    #expect(
      throws: LabelRuleError.notSeenBothWays(
        "c", asked: "a prevalence of 0.02", present: 0, absent: 120)
    ) { try LabelRule(on: table, plan) }
  }

  /// A promise holds for new examples, and what it takes is said where there are too few.
  @Test func aPromiseNeedsExamples() throws {
    var plan = LabelRule.Plan()
    (plan.constraints["a"], plan.promised) = (.sensitivity(atLeast: 0.9), true)
    let rule = try LabelRule(on: LabelAssessmentTests.table(180), plan)
    let point = try #require(rule.parts[0].rule?.operatingPoints.first)
    #expect(try #require(point.guarantee).level >= 0.9)
    let error = #expect(throws: OperatingPointError.self) {
      try LabelRule(on: LabelAssessmentTests.table(60), plan)
    }
    // .9 to the 29th is below .05, and 60 rows have the label 20 times.
    #expect(
      error?.description.contains(
        "for 'a' cannot be promised with confidence 0.95 from 20 validation examples; it takes 29")
        == true, "\(error?.description ?? "")")
  }
}
