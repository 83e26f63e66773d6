import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("Decision rule")
struct DecisionRuleTests {
  static let natural = [0.8, 0.15, 0.05]
  static let drawn = [0.4, 0.35, 0.25]

  private func model(_ count: Int, seed: UInt64, from prior: [Double]? = nil)
    -> LabelledProbabilities
  {
    var random = RandomKey(seed: seed).source
    // Trained on what a sampler drew, over-confident, met with what there is.
    return GaussianClasses(prior: Self.drawn, apart: 2).sample(
      count, from: prior ?? Self.natural, sharpness: 2.5, using: &random)
  }

  private var fullPlan: DecisionPlan {
    var plan = DecisionPlan(calibration: .temperature)
    plan.sampler = .init(drawn: Self.drawn, natural: Self.natural)
    plan.targetPrior = [0.5, 0.3, 0.2]
    plan.points = [.init("c2", .sensitivity(atLeast: 0.9)), .init("c1", .workload(atMost: 0.5))]
    plan.costs = [[0, 1, 1], [2, 0, 1], [5, 5, 0]]
    plan.abstention = .coverage(atLeast: 0.8)
    plan.missRate = 0.1
    return plan
  }

  /// A rule on three classes a, b, c with the given thresholds.
  private func rule(_ thresholds: [(String, Double)], costs: [[Double]]? = nil) throws
    -> DecisionRule
  {
    var rule = DecisionRule(classes: ["a", "b", "c"])
    rule.operatingPoints = try thresholds.map { name, threshold in
      // One positive example at the threshold puts it there.
      let row = ["a", "b", "c"].map { $0 == name ? threshold : (1 - threshold) / 2 }
      let sample = LabelledProbabilities(
        classes: rule.classes, truths: [rule.classes.firstIndex(of: name) ?? 0],
        probabilities: row)
      return try OperatingPoint(for: name, under: .sensitivity(atLeast: 1), on: sample)
    }
    rule.costs = try costs.map { try CostMatrix($0, classes: rule.classes) }
    return rule
  }

  private func decided(_ rule: DecisionRule, _ row: [Double]) -> (Int, Int?) {
    let decision = rule.decide(row[...])
    return (decision.decided, decision.flagged)
  }

  @Test("every rate knows that four copies of an image are one witness")
  func groupedRates() throws {
    let (validation, test) = (model(300, seed: 5), model(60, seed: 6))
    func copied(_ sample: LabelledProbabilities, grouped: Bool) -> LabelledProbabilities {
      let rows = (0..<sample.count).flatMap { [$0, $0, $0, $0] }
      return LabelledProbabilities(
        classes: sample.classes, truths: rows.map { sample.truths[$0] },
        probabilities: rows.flatMap { Array(sample[$0]) },
        groups: grouped ? rows.map { "p\($0)" } : nil)
    }
    func widths(grouped: Bool) throws -> [Double] {
      let rule = try fullPlan.choose(on: copied(validation, grouped: grouped))
      let found = try DecisionAssessment(rule, on: copied(test, grouped: grouped))
      let conformal = try #require(found.conformal)
      let rates = found.points.flatMap {
        [
          $0.achieved.sensitivity, $0.achieved.specificity, $0.achieved.flagged,
          $0.achieved.precision,
        ]
      }
      var intervals: [Interval?] = rates.map(\.interval)
      intervals += found.points.map { $0.flaggedAtTarget?.interval }
      intervals += found.predictiveValues.map(\.positiveInterval)
      intervals += found.predictiveValues.map(\.negativeInterval)
      intervals += [found.abstained?.interval, found.errorsAnswered?.interval]
      intervals += [conformal.overall.covered.interval]
      intervals += [rule.abstention?.answered.interval, rule.abstention?.errors.interval]
      return try intervals.map { try #require($0) }.map { $0.high - $0.low }
    }
    let (together, apart) = (try widths(grouped: true), try widths(grouped: false))
    for (place, (wide, narrow)) in zip(together, apart).enumerated() {
      #expect(wide > 1.2 * narrow, "\(place): \(wide) and \(narrow)")
    }
  }

  @Test("without parts is the most probable class")
  func plain() {
    let rule = DecisionRule(classes: ["a", "b", "c"])
    let decision = rule.decide([0.2, 0.5, 0.3][...])
    #expect(decision.decided == 1 && decision.flagged == nil)
    #expect(decision.probabilities == [0.2, 0.5, 0.3])
    #expect(decision.set == nil && !decision.abstains)
  }

  @Test("a flag overrides what is more probable; the first of several wins")
  func flags() throws {
    let one = try rule([("c", 0.1)])
    #expect(decided(one, [0.6, 0.3, 0.1]) == (2, 2))
    #expect(decided(one, [0.6, 0.31, 0.09]) == (0, nil))
    let two = try rule([("c", 0.1), ("b", 0.2)])
    #expect(decided(two, [0.5, 0.3, 0.2]) == (2, 2))
    #expect(decided(two, [0.65, 0.3, 0.05]) == (1, 1))
    #expect(decided(try rule([("b", 0.2), ("c", 0.1)]), [0.5, 0.3, 0.2]) == (1, 1))
  }

  @Test("a class below its threshold is not decided, however probable; if all are, the largest is")
  func below() throws {
    let strict = try rule([("c", 0.9)])
    #expect(decided(strict, [0.1, 0.2, 0.7]) == (1, nil))
    let all = try rule([("a", 0.9), ("b", 0.9), ("c", 0.9)])
    #expect(decided(all, [0.1, 0.2, 0.7]) == (2, nil))
  }

  @Test("costs decide among what is not flagged")
  func costs() throws {
    let dear = [[0, 1, 1], [1, 0, 1], [20, 20, 0.0]]
    #expect(decided(try rule([], costs: dear), [0.6, 0.3, 0.1]) == (2, nil))
    #expect(decided(try rule([], costs: dear), [0.66, 0.33, 0.01]) == (0, nil))
    #expect(decided(try rule([("b", 0.25)], costs: dear), [0.6, 0.3, 0.1]) == (1, 1))
    #expect(decided(try rule([("c", 0.5)], costs: dear), [0.6, 0.3, 0.1]) == (0, nil))
  }

  @Test("survives JSON bit for bit, decides the same, and is small", arguments: 0..<5)
  func coding(_ method: Int) throws {
    var plan = fullPlan
    plan.calibration = CalibrationMethod.catalogue[method]
    let rule = try plan.choose(on: model(600, seed: 1))
    let bytes = try JSONFile.encodeLine(rule)
    let read = try JSONFile.decode(DecisionRule.self, from: bytes, name: "rule")
    #expect(read == rule)
    #expect(try JSONFile.encodeLine(read) == bytes)
    #expect(bytes.count < 12_000, "\(plan.calibration.name): \(bytes.count) bytes")
    let fresh = model(100, seed: 2)
    for row in 0..<100 { #expect(read.decide(fresh[row]) == rule.decide(fresh[row])) }
    #expect(try JSONFile.encodeLine(plan.choose(on: model(600, seed: 1))) == bytes)
  }

  @Test("is refused for other classes, another order, a later version or parts that do not fit")
  func refusals() throws {
    let rule = try fullPlan.choose(on: model(300, seed: 3))
    #expect(try rule.checked(for: ["c0", "c1", "c2"]) == rule)
    func message(_ classes: [String]) -> String {
      do throws(DecisionRuleError) {
        _ = try rule.checked(for: classes)
        return "none"
      } catch { return error.description }
    }
    #expect(
      message(["c0", "c2", "x"])
        == "this decision rule is for the classes 'c0', 'c1', 'c2'; got classes without 'c1' and with "
        + "'x' that it does not know; choose a rule on this model's own validation set")
    #expect(message(["c1", "c0", "c2"]).contains("in another order: 'c1', 'c0', 'c2'"))

    func reread(_ find: String, _ replacement: String) throws -> DecisionRule {
      let text = String(decoding: try JSONFile.encodeLine(rule), as: UTF8.self)
      #expect(text.contains(find))
      let changed = text.replacingOccurrences(of: find, with: replacement)
      return try JSONDecoder().decode(DecisionRule.self, from: Data(changed.utf8))
    }
    #expect(throws: DecisionRuleError.newerVersion(7)) {
      try reread("\"version\":1", "\"version\":7")
    }
    #expect(throws: DecisionRuleError.inconsistent("sampler correction of 3 classes, and 2 names"))
    {
      try reread("\"classes\":[\"c0\",\"c1\",\"c2\"]", "\"classes\":[\"c0\",\"c1\"]")
    }
    #expect(
      throws: DecisionRuleError.inconsistent(
        "an operating point for 'c2', which is none of its classes")
    ) { try reread("\"classes\":[\"c0\",\"c1\",\"c2\"]", "\"classes\":[\"c0\",\"c1\",\"z\"]") }
    #expect(
      DecisionRuleError.newerVersion(7).description
        == "this decision rule has version 7, and this program knows 2; use a newer steelyard")
  }

  @Test("undoes sampler and over-confidence, and holds its points on fresh examples")
  func endToEnd() throws {
    var plan = fullPlan
    plan.targetPrior = nil
    plan.costs = nil
    let rule = try plan.choose(on: model(6000, seed: 4))
    let result = try DecisionAssessment(rule, on: model(20_000, seed: 5))
    #expect((result.before.calibrationError ?? 0) > 0.04)
    #expect((result.after.calibrationError ?? 1) < 0.012)
    #expect((result.after.logLoss ?? 9) < (result.before.logLoss ?? 0))
    let melanoma = try #require(result.points.first)
    #expect((melanoma.achieved.sensitivity.value ?? 0) > (melanoma.point.guarantee?.level ?? 1))
    #expect(abs((melanoma.achieved.sensitivity.value ?? 0) - 0.9) < 0.04)
    #expect(result.confusion[2, 2] == melanoma.achieved.sensitivity.count)
    for row in try #require(result.conformal).classes {
      // .9, less three standard deviations of 300 validation and 1000 test examples.
      #expect((row.sets.covered.value ?? 0) > 0.84, "\(row.name)")
    }
    #expect(abs((result.abstained?.value ?? 0) - 0.2) < 0.02)
    let wrong = 1 - (result.confusion.accuracy ?? 0)
    #expect((result.errorsAnswered?.value ?? 1) < wrong)
    #expect(result.predictiveValues[2].positive == result.confusion.precision[2])
  }

  @Test("carried to the target prevalence, is calibrated there, and its work load counts there")
  func target() throws {
    var plan = fullPlan
    plan.costs = nil
    plan.points = [.init("c2", .workload(atMost: 0.3))]
    let rule = try plan.choose(on: model(8000, seed: 6))
    let shifted = model(20_000, seed: 7, from: [0.5, 0.3, 0.2])
    let result = try DecisionAssessment(rule, on: shifted)
    #expect((result.after.calibrationError ?? 1) < 0.015)
    #expect(abs((result.points[0].achieved.flagged.value ?? 0) - 0.3) < 0.02)
    #expect(result.prevalence == [0.5, 0.3, 0.2])
    #expect(rule.operatingPoints[0].guarantee == nil)
  }

  @Test("without calibration, the target correction starts from the natural frequencies")
  func uncalibrated() throws {
    var plan = DecisionPlan()
    plan.sampler = .init(drawn: Self.drawn, natural: Self.natural)
    plan.targetPrior = Self.drawn
    let rule = try plan.choose(on: model(300, seed: 8))
    let row = model(1, seed: 9)[0]
    #expect(difference(rule.probabilities(row), Array(row), relative: 1e-12) == nil)
  }

  @Test("turns predictions into predictions under it, and keeps the rest")
  func predictions() throws {
    let sample = model(50, seed: 10)
    let given = try Predictions(
      classes: sample.classes, paths: (0..<50).map { "\($0).png" }, truths: sample.truths,
      probabilities: sample.probabilities, columns: [.init("group", (0..<50).map { "g\($0)" })])
    let rule = try fullPlan.choose(on: model(600, seed: 11))
    let ruled = try rule.applied(to: given)
    #expect(ruled.paths == given.paths && ruled.groups == given.groups)
    #expect(ruled.truths == given.truths)
    for row in 0..<50 {
      let decision = rule.decide(given[row])
      #expect(ruled.predicted[row] == decision.decided)
      #expect(Array(ruled[row]) == decision.probabilities)
    }
    let other = try Predictions(classes: ["x"], paths: ["1"], probabilities: [1.0])
    #expect(throws: DecisionRuleError.self) { try rule.applied(to: other) }
  }

  @Test("an assessment survives JSON; without examples everything undefined is null")
  func assessment() throws {
    let rule = try fullPlan.choose(on: model(600, seed: 12))
    let result = try DecisionAssessment(rule, on: model(200, seed: 13))
    let read = try JSONFile.decode(
      DecisionAssessment.self, from: JSONFile.encode(result), name: "a")
    #expect(read == result)
    let none = try DecisionAssessment(
      rule, on: LabelledProbabilities(classes: rule.classes, truths: [], probabilities: []))
    #expect(none.examples == 0 && none.meanCost == nil && none.after.logLoss == nil)
    #expect(none.predictiveValues.allSatisfy { $0.positive == nil })
    #expect(none.abstained?.value == nil && none.selective.overall.area == nil)
  }

  @Test("a plan that cannot be had says which part and why")
  func impossible() throws {
    let sample = model(300, seed: 14)
    var plan = fullPlan
    plan.points = [.init("c9", .sensitivity(atLeast: 0.9))]
    #expect(throws: OperatingPointError.self) { try plan.choose(on: sample) }
    plan = fullPlan
    plan.targetPrior = [0.5, 0.5]
    #expect(throws: PrevalenceError.wrongCount(2, classes: ["c0", "c1", "c2"])) {
      try plan.choose(on: sample)
    }
    plan = fullPlan
    plan.costs = [[0]]
    #expect(throws: CostMatrixError.self) { try plan.choose(on: sample) }
  }
}
