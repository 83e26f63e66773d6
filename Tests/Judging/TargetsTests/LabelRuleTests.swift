import Decisions
import Evaluation
import Files
import Targets
import TestSupport
import Testing

@Suite struct LabelRuleTests {
  @Test func thresholdsOfTheBestF1AreAtLeastAsGoodAsHalf() throws {
    let table = LabelAssessmentTests.table(120)
    let rule = try LabelRule(on: table, LabelRule.Plan())
    let found = LabelAssessment(table, thresholds: rule.thresholds, settings: nil)
    for row in found.perLabel where row.f1 != nil {
      #expect(try #require(row.storedF1) >= (try #require(row.f1)))
    }
    #expect(rule.parts[2].rule == nil && rule.parts[2].threshold == 0.5)
    #expect(try #require(found["f1_macro_stored"]) > (try #require(found["f1_macro"])))
  }

  @Test func everyThresholdIsTriedByBruteForce() throws {
    let table = LabelAssessmentTests.table(60)
    let one = try #require(table.one(1))
    let scores = (0..<one.count).map { one[$0].last ?? 0 }
    func f1(_ threshold: Double) -> Double {
      let hits = scores.indices.count { scores[$0] >= threshold && one.truths[$0] == 1 }
      let said = scores.count { $0 >= threshold }
      return 2 * Double(hits) / Double(said + one.truths.count { $0 == 1 })
    }
    let rule = try LabelRule(on: table, LabelRule.Plan())
    #expect(close(f1(rule.thresholds[1]), try #require(scores.map(f1).max()), relative: 1e-12))
  }

  @Test func aSensitivityIsKept() throws {
    var plan = LabelRule.Plan()
    plan.constraints["a"] = .sensitivity(atLeast: 0.9)
    let table = LabelAssessmentTests.table(120)
    let rule = try LabelRule(on: table, plan)
    let found = LabelAssessment(table, thresholds: rule.thresholds, settings: nil)
    let one = try #require(table.one(0, threshold: rule.thresholds[0]))
    #expect(try #require(MetricsReport(one, shots: nil).perClass[1].recall) >= 0.9)
    #expect(found.perLabel[0].threshold == rule.thresholds[0])
  }

  @Test func prevalenceIsCarriedOverByTheOdds() throws {
    var plan = LabelRule.Plan()
    plan.prevalence["a"] = 0.1
    let table = LabelAssessmentTests.table(120)
    let corrected = try LabelRule(on: table, plan).applied(to: table)
    let (p, source) = (table.probabilities[3], 1.0 / 3)
    let odds = p / (1 - p) * (0.1 / 0.9) / (source / (1 - source))
    #expect(close(corrected.probabilities[3], odds / (1 + odds), relative: 1e-9))
    #expect(corrected.probabilities[4] == table.probabilities[4])
  }

  @Test func itComesBackFromItsFile() throws {
    var plan = LabelRule.Plan()
    plan.calibration = try #require(CalibrationMethod.named("vector"))
    plan.prevalence["b"] = 0.05
    let rule = try LabelRule(on: LabelAssessmentTests.table(90), plan)
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "rule.json")
      try JSONFile.write(rule, to: path)
      #expect(try JSONFile.read(LabelRule.self, from: path) == rule)
    }
  }

  @Test func aLabelWithoutAPartIsNamed() throws {
    let rule = try LabelRule(on: LabelAssessmentTests.table(60), LabelRule.Plan())
    #expect(throws: LabelRuleError.unknownLabel("d", nearest: "a", known: ["a", "b", "c"])) {
      try rule.matched(["d"])
    }
  }
}
