import Decisions
import Evaluation
import Files
import Randomness
import TestSupport
import Testing

/// The part of `Goldens/Uncertainty/intervals.json` that is about promises.
private struct PromiseGolden: Decodable {
  struct Case: Decodable {
    let flags: [Bool]
    let groups: [String]
    let level: Double
  }

  let promises: [Case]
}

@Suite("Promises of new images")
struct PromiseTests {
  /// All of one class; flagged ones have the higher score.
  private func sample(_ flags: [Bool], groups: [String]?) -> LabelledProbabilities {
    let scores = flags.enumerated().map { place, flag in
      (flag ? 0.6 : 0.2) + 0.3 * Double(place) / Double(flags.count)
    }
    return LabelledProbabilities(
      classes: ["no", "yes"], truths: flags.map { _ in 1 },
      probabilities: scores.flatMap { [1 - $0, $0] }, groups: groups)
  }

  @Test("of grouped images: Korn and Graubard's limit, as scipy has it, capped by the groups")
  func golden() throws {
    let golden: PromiseGolden = try Golden.load("Uncertainty/intervals.json")
    #expect(golden.promises.count == 20)
    for (index, row) in golden.promises.enumerated() {
      let part = Double(row.flags.count { $0 }) / Double(row.flags.count)
      let point = try OperatingPoint(
        for: "yes", under: .sensitivity(atLeast: part), on: sample(row.flags, groups: row.groups))
      let promise = try #require(point.guarantee)
      #expect(close(promise.level, row.level, relative: 1e-9), "\(index)")
      #expect(promise.groups == Set(row.groups).count)
    }
  }

  @Test("groups of one image each change nothing; copies promise what the originals do, at most")
  func limits() throws {
    let flags = (0..<60).map { $0 > 2 }
    func level(_ flags: [Bool], _ groups: [String]?) throws -> Double {
      try #require(
        OperatingPoint(
          for: "yes", under: .sensitivity(atLeast: 0.95), on: sample(flags, groups: groups)
        ).guarantee
      ).level
    }
    let alone = try level(flags, nil)
    #expect(try level(flags, flags.indices.map { "\($0)" }) == alone)
    let copied = try level(flags.flatMap { [$0, $0, $0] }, (0..<180).map { "\($0 / 3)" })
    #expect(copied <= alone && copied > alone - 0.02)
    #expect(try level(flags.flatMap { [$0, $0, $0] }, nil) > alone + 0.01)
  }

  @Test("too few groups are refused, in groups")
  func few() throws {
    let flags = [Bool](repeating: true, count: 200)
    let error = #expect(throws: OperatingPointError.self) {
      try OperatingPoint(
        for: "yes", under: .sensitivity(atLeast: 0.95), promised: true,
        on: sample(flags, groups: flags.indices.map { "\($0 / 10)" }))
    }
    #expect(
      error?.description.contains("from 20 validation groups; it takes 59, and the best that 20")
        == true,
      "\(error?.description ?? "")")
    _ = try OperatingPoint(
      for: "yes", under: .sensitivity(atLeast: 0.95), promised: true, on: sample(flags, groups: nil)
    )
  }

  @Test("every constraint has its promise, and one that cannot be promised is refused")
  func also() throws {
    var random = RandomKey(seed: 5).source
    let truths = (0..<400).map { $0 % 4 == 0 ? 1 : 0 }
    let scores = truths.map { truth in
      let score = 0.5 + 0.1 * (random.normal() + (truth == 1 ? 2.5 : 0))
      return min(max(score, 0), 1)
    }
    let sample = LabelledProbabilities(
      classes: ["no", "yes"], truths: truths, probabilities: scores.flatMap { [1 - $0, $0] })
    let point = try OperatingPoint(
      for: "yes", under: .sensitivity(atLeast: 0.8), also: [.specificity(atLeast: 0.8)],
      promised: true, on: sample)
    let promises = try #require(point.alsoGuarantees)
    let promise = try #require(promises[0])
    #expect(promises.count == 1 && promise.level >= 0.8 && promise.examples == 300)
    let reached = try #require(point.validation.specificity.value)
    let error = #expect(throws: OperatingPointError.self) {
      try OperatingPoint(
        for: "yes", under: .sensitivity(atLeast: 0.8), also: [.specificity(atLeast: reached)],
        promised: true, on: sample)
    }
    #expect(error?.description.contains("cannot be promised with confidence 0.95") == true)
    _ = try OperatingPoint(
      for: "yes", under: .sensitivity(atLeast: 0.8), also: [.specificity(atLeast: reached)],
      on: sample)
  }

  @Test("a flexible calibration is fitted on other images than a promise is made from")
  func split() throws {
    var random = RandomKey(seed: 6).source
    let model = GaussianClasses(prior: [0.5, 0.5], apart: 2)
    let groups = (0..<300).map { "p\($0 / 3)" }
    let validation = model.sample(300, groups: groups, using: &random)
    for (method, isSplit) in [(CalibrationMethod.temperature, false), (.vector(), true)] {
      var plan = DecisionPlan(calibration: method)
      plan.points = [.init(model.classes[1], .sensitivity(atLeast: 0.7), promised: true)]
      let rule = try plan.choose(on: validation)
      let promise = try #require(rule.operatingPoints[0].guarantee)
      #expect((rule.provenance.promisedOn != nil) == isSplit)
      let own = rule.provenance.promisedOn ?? validation.counts
      #expect(promise.examples == own[1])
      #expect(isSplit == (own[1] < validation.counts[1]))
      plan.points[0].promised = false
      #expect(try plan.choose(on: validation).provenance.promisedOn == nil)
      let read = try JSONFile.decode(
        DecisionRule.self, from: JSONFile.encode(rule), name: "rule")
      #expect(read == rule)
    }
  }

  @Test("where a point of more priority flags first, what the whole rule reaches is shown")
  func overlap() throws {
    let sample = LabelledProbabilities(
      classes: ["a", "b", "c"], truths: [0, 1, 1, 2, 0, 2],
      probabilities: [
        0.6, 0.3, 0.1, 0.5, 0.4, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.7, 0.2, 0.1, 0.3, 0.3, 0.4,
      ])
    var plan = DecisionPlan()
    plan.points = [
      .init("a", .sensitivity(atLeast: 1)), .init("b", .sensitivity(atLeast: 1)),
    ]
    let rule = try plan.choose(on: sample)
    let found = try DecisionAssessment(rule, on: sample)
    // Row 1 is of b at .4, but a at .5 and first in line… a flags from .6 on; lower it to see.
    #expect(found.points[1].achieved.sensitivity.count == 2)
    #expect(found.points[0].byRule?.sensitivity.count == 2)
    var greedy = rule
    greedy.operatingPoints[0] = try OperatingPoint(
      for: "a", under: .workload(atMost: 0.6), on: sample)
    let taken = try DecisionAssessment(greedy, on: sample)
    #expect(taken.points[1].achieved.sensitivity.count == 2)
    #expect(taken.points[1].byRule?.sensitivity.count == 1)
  }

  @Test("predictive values at the examples' own prevalence are plain rates")
  func predictive() throws {
    var random = RandomKey(seed: 8).source
    let model = GaussianClasses(prior: [0.8, 0.2], apart: 1.5)
    let sample = model.sample(200, using: &random)
    let found = try DecisionAssessment(DecisionRule(classes: model.classes), on: sample)
    let (confusion, values) = (found.confusion, found.predictiveValues[1])
    let decided = confusion.predicted[1]
    #expect(values.positive == Double(confusion[1, 1]) / Double(decided))
    #expect(values.positiveInterval == .wilson(confusion[1, 1], of: decided))
    #expect(found.isAtOwnPrevalence)
    let known = try PredictiveValues.all(
      confusion, classes: model.classes, prevalence: sample.prior)[1]
    #expect(close(known.positive ?? .nan, values.positive ?? 0, relative: 1e-9))
    #expect(known.positiveInterval != values.positiveInterval)
  }
}
