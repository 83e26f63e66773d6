import Decisions
import Evaluation
import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("Operating points")
struct OperatingPointTests {
  /// Two classes; the second has these scores among positives and negatives.
  private func sample(positives: [Double], negatives: [Double]) -> LabelledProbabilities {
    LabelledProbabilities(
      classes: ["no", "yes"],
      truths: positives.map { _ in 1 } + negatives.map { _ in 0 },
      probabilities: (positives + negatives).flatMap { [1 - $0, $0] })
  }

  private let ten = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]

  @Test("take the end of the range that leaves the most room")
  func directions() throws {
    let sample = sample(positives: ten, negatives: [0.65, 0.45, 0.25, 0.1, 0.05])
    func point(_ constraint: Constraint) throws -> OperatingPoint {
      try OperatingPoint(for: "yes", under: constraint, on: sample)
    }
    let sensitive = try point(.sensitivity(atLeast: 0.8))
    #expect(sensitive.threshold == 0.4)
    #expect(sensitive.validation.sensitivity.count == 8)
    #expect(sensitive.validation.specificity.count == 3)
    let specific = try point(.specificity(atLeast: 0.8))
    #expect(specific.threshold == 0.5)
    #expect(specific.validation.specificity.value == 0.8)
    #expect(specific.validation.sensitivity.count == 7)
    let light = try point(.workload(atMost: 0.2))
    #expect(light.threshold == 0.85 && light.validation.flagged.count == 3)
    #expect(light.validation.precision.value == 1)
    #expect(try point(.workload(atMost: 1)).validation.flagged.value == 1)
    #expect(try point(.sensitivity(atLeast: 1)).threshold == 0.2)
  }

  @Test("more sensitive is never a higher threshold, more specific never a lower one")
  func monotone() throws {
    var random = RandomKey(seed: 51).source
    let sample = GaussianClasses(prior: [0.8, 0.2], apart: 1.5).sample(300, using: &random)
    var (sensitive, specific): ([Double], [Double]) = ([], [])
    for level in stride(from: 0.05, through: 0.95, by: 0.05) {
      sensitive.append(
        try OperatingPoint(for: "c1", under: .sensitivity(atLeast: level), on: sample).threshold)
      specific.append(
        try OperatingPoint(for: "c1", under: .specificity(atLeast: level), on: sample).threshold)
    }
    #expect(sensitive == sensitive.sorted(by: >))
    #expect(specific == specific.sorted())
  }

  @Test("what cannot be reached is an error with the best that can")
  func unreachable() {
    let sample = sample(positives: ten, negatives: [0.95, 0.95, 0.25, 0.1, 0.05])
    func message(_ make: () throws(OperatingPointError) -> OperatingPoint) -> String {
      do throws(OperatingPointError) {
        _ = try make()
        return "none"
      } catch { return error.description }
    }
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(for: "yes", under: .specificity(atLeast: 0.9), on: sample)
      } == "no threshold for 'yes' reaches specificity ≥ 0.9; the best on validation is 0.6")
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(
          for: "yes", under: .sensitivity(atLeast: 0.8), also: [.specificity(atLeast: 0.75)],
          on: sample)
      } == "no threshold for 'yes' reaches specificity ≥ 0.75 with sensitivity ≥ 0.8; the best on "
        + "validation is 0.6")
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(for: "yes", under: .workload(atMost: 0.1), on: sample)
      } == "no threshold for 'yes' reaches work load ≤ 0.1; the best on validation is 0.2")
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(
          for: "yes", under: .sensitivity(atLeast: 0.95), promised: true, on: sample)
      }
        == "sensitivity ≥ 0.95 for 'yes' cannot be promised with confidence 0.95 from 10 validation "
        + "examples; it takes 59, and the best that 10 can promise is \(pow(0.05, 0.1))")
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(for: "maybe", under: .sensitivity(atLeast: 0.95), on: sample)
      } == "no class 'maybe'; the classes are 'no', 'yes'")
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(for: "yes", under: .sensitivity(atLeast: 95), on: sample)
      } == "sensitivity ≥ 95.0: expected a fraction above 0 and at most 1")
    let none = self.sample(positives: [], negatives: [0.1, 0.2])
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(for: "yes", under: .sensitivity(atLeast: 0.9), on: none)
      } == "sensitivity ≥ 0.9 for 'yes' cannot be arranged: validation has no example of it")
    #expect(
      message { () throws(OperatingPointError) in
        try OperatingPoint(for: "no", under: .specificity(atLeast: 0.9), on: none)
      }
        == "specificity ≥ 0.9 for 'no' cannot be arranged: validation has no example of another class"
    )
  }

  @Test("constant scores: everything flagged is sensitive, nothing is specific")
  func constant() throws {
    let sample = sample(positives: [0.5, 0.5], negatives: [0.5, 0.5])
    let point = try OperatingPoint(for: "yes", under: .sensitivity(atLeast: 0.9), on: sample)
    #expect(point.threshold == 0.5 && point.validation.specificity.value == 0)
    let expected = OperatingPointError.unreachable(
      "yes", constraint: .specificity(atLeast: 0.5), best: 0, holding: nil)
    #expect(throws: expected) {
      try OperatingPoint(for: "yes", under: .specificity(atLeast: 0.5), on: sample)
    }
  }

  /// The claim of `Guarantee`, at its promise and in the mean, over 2000 validation sets of 30.
  @Test("promises hold for new examples as often as they say")
  func promises() throws {
    var random = RandomKey(seed: 52).source
    let sets = 2000
    var (held, promised, mean) = (0, 0, 0.0)
    for _ in 0..<sets {
      // Uniform scores: the true sensitivity of threshold t is 1 − t.
      let scores = (0..<60).map { _ in random.uniform() }
      let sample = sample(positives: scores, negatives: [0.5])
      let point = try OperatingPoint(for: "yes", under: .sensitivity(atLeast: 0.9), on: sample)
      let sensitivity = 1 - point.threshold
      mean += sensitivity / Double(sets)
      held += sensitivity >= (point.guarantee?.level ?? 1) ? 1 : 0
      let sure = try OperatingPoint(
        for: "yes", under: .sensitivity(atLeast: 0.9), promised: true, on: sample)
      promised += 1 - sure.threshold >= 0.9 ? 1 : 0
    }
    #expect(abs(Double(held) / Double(sets) - 0.95) < 0.015, "\(held)")
    #expect(Double(promised) / Double(sets) >= 0.94, "\(promised)")
    #expect(abs(mean - 54.0 / 61) < 0.003, "\(mean)")
  }

  @Test("a work load counts under the prevalence that is given")
  func prevalence() throws {
    let sample = sample(positives: ten, negatives: [0.85, 0.5, 0.3, 0.1])
    // Under a prevalence of .1 a positive weighs .01, a negative .225.
    let point = try OperatingPoint(
      for: "yes", under: .workload(atMost: 0.3), on: sample, prevalence: [0.9, 0.1])
    #expect(point.threshold == 0.6)
    #expect(point.guarantee == nil)
    let same = try OperatingPoint(
      for: "yes", under: .workload(atMost: 0.3), on: sample, prevalence: [4.0 / 14, 10.0 / 14])
    #expect(
      same.threshold
        == (try OperatingPoint(for: "yes", under: .workload(atMost: 0.3), on: sample)).threshold)
    #expect(throws: OperatingPointError.self) {
      try OperatingPoint(
        for: "yes", under: .workload(atMost: 0.005), on: sample, prevalence: [0.9, 0.1])
    }
  }

  @Test("survives JSON bit for bit")
  func coding() throws {
    let sample = sample(positives: ten, negatives: [0.65, 0.45, 0.25, 0.1, 0.05])
    let point = try OperatingPoint(
      for: "yes", under: .sensitivity(atLeast: 0.8), also: [.workload(atMost: 0.9)], on: sample)
    let bytes = try JSONFile.encode(point)
    let read = try JSONFile.decode(OperatingPoint.self, from: bytes, name: "p")
    #expect(read == point)
    #expect(try JSONFile.encode(read) == bytes)
  }

  @Test("undefined rates are null")
  func rates() throws {
    let rates = ThresholdRates([false, false], truths: [false, false])
    #expect(rates.sensitivity.value == nil && rates.precision.value == nil)
    #expect(rates.specificity.value == 1 && rates.specificity.interval == .wilson(2, of: 2))
    let text = String(decoding: try JSONFile.encode(rates), as: UTF8.self)
    #expect(text.contains("\"value\" : null") && text.contains("\"interval\" : null"))
  }
}

@Suite("Costs")
struct CostMatrixTests {
  @Test("of 1 a mistake decide for the most probable class")
  func plain() {
    let costs = CostMatrix(mistakesOf: 3)
    let row = [0.2, 0.5, 0.3]
    #expect(difference(costs.expected(row[...]), [0.8, 0.5, 0.7]) == nil)
    #expect(costs.mean(truths: [0, 1, 2, 2], decisions: [0, 1, 1, 0]) == 0.5)
    #expect(costs.mean(truths: [], decisions: []) == nil)
  }

  @Test("of two classes are a threshold at the ratio of costs")
  func threshold() throws {
    let costs = try CostMatrix([[0, 1], [9, 0]], classes: ["no", "yes"])
    let (below, above) = (costs.expected([0.91, 0.09][...]), costs.expected([0.89, 0.11][...]))
    #expect(below[0] < below[1] && above[1] < above[0])
  }

  @Test("of another shape or not finite are errors")
  func errors() {
    #expect(throws: CostMatrixError.wrongShape(rows: [2, 1], classes: 2)) {
      try CostMatrix([[0, 1], [1]], classes: ["a", "b"])
    }
    #expect(throws: CostMatrixError.notFinite(truth: "b", decision: "a", value: "inf")) {
      try CostMatrix([[0, 1], [.infinity, 0]], classes: ["a", "b"])
    }
    #expect(
      CostMatrixError.wrongShape(rows: [2, 1], classes: 2).description
        == "expected 2 rows of 2 costs, a row for each true class and a column for each decision, got "
        + "rows of [2, 1]")
    #expect(
      CostMatrixError.notFinite(truth: "b", decision: "a", value: "inf").description
        == "the cost of deciding 'a' for 'b' is inf; expected a finite number")
  }
}
