import Decisions
import Evaluation
import Testing

/// Promises where a class of more priority is flagged first, and of work loads elsewhere.
@Suite("Promises in order of priority")
struct PromiseOrderTests {
  /// 100 of each class. Every example of a has p_a from .45 up; of b twenty have p_a = .5, so that a flags them first,
  /// and eighty p_b from .1 to .89; c is never like the others.
  private static let sample: LabelledProbabilities = {
    var (truths, rows): ([Int], [[Double]]) = ([], [])
    for place in 0..<100 {
      let own = 0.45 + 0.004 * Double(place)
      truths.append(0)
      rows.append([own, 0.02, 0.98 - own])
      let b = 0.1 + 0.01 * Double(place - 20)
      truths.append(1)
      rows.append(place < 20 ? [0.5, 0.4, 0.1] : [0.05, b, 0.95 - b])
      truths.append(2)
      rows.append([0.01, 0.01, 0.98])
    }
    return LabelledProbabilities(
      classes: ["a", "b", "c"], truths: truths, probabilities: rows.flatMap(\.self))
  }()

  private func rule(_ level: Double, promised: Bool) throws -> DecisionRule {
    var plan = DecisionPlan()
    plan.points = [
      .init("a", .sensitivity(atLeast: 0.9), promised: promised),
      .init("b", .sensitivity(atLeast: level), promised: promised),
    ]
    return try plan.choose(on: Self.sample)
  }

  /// 69 is the least k of 100 whose .05 quantile of Beta(k, 101 − k) is .6 or more (scipy.stats.beta).
  @Test("a promised sensitivity is that of the whole rule")
  func wholeRule() throws {
    let rule = try rule(0.6, promised: true)
    let point = rule.operatingPoints[1]
    let reached = try DecisionAssessment(rule, on: Self.sample).points[1]
    #expect(reached.byRule?.sensitivity.count == 69)
    #expect(reached.ofWholeRule?.count == 69)
    let promise = try #require(point.guarantee)
    #expect(promise.level >= 0.6)
    // Alone the threshold finds those too that are flagged as a.
    #expect(reached.achieved.sensitivity.count == 69 + 20)
    let alone = try OperatingPoint(
      for: "b", under: .sensitivity(atLeast: 0.6), promised: true, on: Self.sample)
    #expect(alone.threshold > point.threshold)
  }

  /// scipy.stats.beta.ppf(.05, 80, 21) = .72279975; a promise of .8 would take 87.
  @Test("what is flagged first leaves too few: refused, with the most that can be promised")
  func refused() throws {
    let error = #expect(throws: OperatingPointError.self) { try rule(0.8, promised: true) }
    let words = error?.description ?? ""
    #expect(words.contains("'a' is flagged first and takes too many of its images"), "\(words)")
    #expect(words.contains("can promise is 0.722799"), "\(words)")
  }

  /// Alone the 60th largest score is the threshold, and scipy.stats.beta.ppf(.05, 60, 41) = .5129758; by the whole rule 50 of 100
  /// are found, .4136217.
  @Test("a threshold that is not promised stays; what it could promise is that of the whole rule")
  func unpromised() throws {
    let point = try rule(0.6, promised: false).operatingPoints[1]
    let alone = try OperatingPoint(
      for: "b", under: .sensitivity(atLeast: 0.6), on: Self.sample)
    #expect(point.threshold == alone.threshold && point.validation == alone.validation)
    let (whole, own) = (try #require(point.guarantee), try #require(alone.guarantee))
    #expect(abs(own.level - 0.5129758202538943) < 1e-9)
    #expect(abs(whole.level - 0.41362171463091174) < 1e-9)
    #expect(whole.examples == own.examples)
  }

  @Test("a work load is not promised at another prevalence, and is checked there")
  func workload() throws {
    let prevalence = [0.8, 0.1, 0.1]
    let error = #expect(throws: OperatingPointError.self) {
      try OperatingPoint(
        for: "a", under: .sensitivity(atLeast: 0.9), also: [.workload(atMost: 0.9)],
        promised: true, on: Self.sample, prevalence: prevalence)
    }
    #expect(error == .otherPrevalence("a", constraint: .workload(atMost: 0.9)))
    // .9 of a and a fifth of b: (90 + 20)/300 of these examples, .74 where eight in ten are of a.
    let load = Constraint.workload(atMost: 0.5)
    let here = try OperatingPoint(
      for: "a", under: .sensitivity(atLeast: 0.9), also: [load], on: Self.sample)
    #expect(here.alsoGuarantees?.count == 1 && here.alsoGuarantees?[0] != nil)
    let there = #expect(throws: OperatingPointError.self) {
      try OperatingPoint(
        for: "a", under: .sensitivity(atLeast: 0.9), also: [load], on: Self.sample,
        prevalence: prevalence)
    }
    guard case .unreachable(_, _, let best, _) = there else {
      Issue.record("\(there?.description ?? "nothing thrown")")
      return
    }
    #expect(abs(best - (0.8 * 0.9 + 0.1 * 0.2)) < 1e-12)
  }
}
