import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import Testing
import Uncertainty

/// One level for every interval of what a rule achieves.
@Suite("The level of what a rule achieves")
struct AssessmentLevelTests {
  private func assessed(_ settings: IntervalSettings) throws -> DecisionAssessment {
    var random = RandomKey(seed: 12).source
    let model = GaussianClasses(prior: [0.6, 0.4], apart: 1.5)
    let validation = model.sample(300, using: &random)
    var plan = DecisionPlan(calibration: .temperature)
    plan.points = [.init(model.classes[1], .sensitivity(atLeast: 0.8))]
    plan.targetPrior = [0.9, 0.1]
    plan.costs = [[0, 1], [5, 0]]
    plan.abstention = .risk(atMost: 0.5)
    plan.promisesRisk = true
    plan.missRate = 0.2
    let sample = model.sample(200, using: &random)
    return try DecisionAssessment(plan.choose(on: validation), on: sample, settings: settings)
  }

  @Test("every interval has it")
  func level() throws {
    let settings = IntervalSettings(resamples: 200, level: 0.8)
    let (found, usual) = (try assessed(settings), try assessed(IntervalSettings(resamples: 200)))
    let point = found.points[0]
    let achieved = [point.achieved, try #require(point.byRule)].flatMap {
      [$0.sensitivity, $0.specificity, $0.flagged, $0.precision]
    }
    let sets = try #require(found.conformal)
    let rates =
      achieved + [try #require(found.abstained), try #require(found.errorsAnswered)]
      + sets.classes.flatMap { [$0.sets.covered, $0.sets.single, $0.sets.empty] }
    let levels =
      rates.map { $0.interval?.level }
      + [point.flaggedAtTarget?.interval?.level]
      + found.predictiveValues.flatMap { [$0.positiveInterval?.level, $0.negativeInterval?.level] }
      + found.before.reliability.topLabel.bins.filter { $0.count > 0 }.map { $0.interval?.level }
    #expect(levels.allSatisfy { $0 == 0.8 }, "\(levels)")
    let costs = try #require(found.costs)
    #expect(costs.difference.interval?.level == 0.8)
    #expect(found.level == 0.8 && usual.level == 0.95)
    let (narrow, wide) = (
      try #require(costs.rule.interval), try #require(usual.costs?.rule.interval)
    )
    #expect(narrow.low > wide.low && narrow.high < wide.high)
  }

  @Test("the promise of a risk stands beside what was reached, and all of it is read again")
  func coding() throws {
    let found = try assessed(IntervalSettings(resamples: 50, level: 0.9))
    let promise = try #require(found.promisedRisk)
    #expect(promise.level <= 0.5)
    let bytes = try JSONFile.encode(found)
    #expect(try JSONFile.decode(DecisionAssessment.self, from: bytes, name: "a") == found)
    // A file from before it was said is of 95 %.
    var fields = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    fields["level"] = nil
    let old = try JSONSerialization.data(withJSONObject: fields)
    let read = try JSONFile.decode(DecisionAssessment.self, from: Array(old), name: "a")
    #expect(read.level == 0.95 && read.points == found.points)
  }
}
