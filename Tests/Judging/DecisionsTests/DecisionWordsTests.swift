import Decisions
import Testing

/// What cannot be had, in words that say what was asked, what there is and what to do.
@Suite("Words of decisions that cannot be had")
struct DecisionWordsTests {
  @Test("of operating points")
  func operatingPoints() {
    let sensitive = Constraint.sensitivity(atLeast: 0.9)
    #expect(
      OperatingPointError.flaggedFirst(
        "b", constraint: sensitive, confidence: 0.95, by: ["a"], best: 0.5
      ).description
        == "sensitivity ≥ 0.9 for 'b' cannot be promised with confidence 0.95: 'a' is flagged first and takes too"
        + " many of its images; the best that the whole rule can promise is 0.5")
    #expect(
      OperatingPointError.flaggedFirst(
        "c", constraint: sensitive, confidence: 0.95, by: ["a", "b"], best: 0.5
      ).description.contains("'a', 'b' are flagged first and take too many of its images"))
    #expect(
      OperatingPointError.notPromised(
        "a", constraint: .specificity(atLeast: 0.8), confidence: 0.95, best: 0.7, holding: sensitive
      ).description
        == "specificity ≥ 0.8 for 'a' cannot be promised with confidence 0.95 where sensitivity ≥ 0.9 is: it holds"
        + " on validation, but for new examples no more than 0.7 can be promised")
    #expect(
      OperatingPointError.otherPrevalence("a", constraint: .workload(atMost: 0.2)).description
        == "work load ≤ 0.2 for 'a' cannot be promised at a prevalence that is aimed at: the rank of a score on"
        + " validation says what is flagged where the classes are as common as there; promise it at that prevalence,"
        + " or ask for it without a promise")
    #expect(
      OperatingPointError.tooFewExamples(
        "a", constraint: .sensitivity(atLeast: 1), confidence: 0.95, examples: 12, inGroups: true,
        needed: nil, best: 0.75
      ).description
        == "sensitivity ≥ 1.0 for 'a' cannot be promised with confidence 0.95 from 12 validation groups; it takes"
        + " infinitely many, and the best that 12 can promise is 0.75")
  }

  @Test("a level of 1 is promised by no number of examples")
  func certainty() {
    let sample = LabelledProbabilities(
      classes: ["no", "yes"], truths: (0..<200).map { $0 % 2 },
      probabilities: (0..<200).flatMap { $0 % 2 == 0 ? [0.9, 0.1] : [0.1, 0.9] })
    let error = #expect(throws: OperatingPointError.self) {
      try OperatingPoint(
        for: "yes", under: .sensitivity(atLeast: 1), promised: true, on: sample)
    }
    #expect(
      error?.description.contains("; it takes infinitely many, and the best that 100 can") == true)
  }

  @Test(
    "levels that are no part are refused for every kind",
    arguments: [0, -0.1, 1.01, .nan, .infinity])
  func levels(level: Double) {
    let sample = LabelledProbabilities(
      classes: ["no", "yes"], truths: [0, 1], probabilities: [0.9, 0.1, 0.1, 0.9])
    for constraint in [
      Constraint.sensitivity(atLeast: level), .specificity(atLeast: level),
      .workload(atMost: level),
    ] {
      let error = #expect(throws: OperatingPointError.self) {
        try OperatingPoint(for: "yes", under: constraint, on: sample)
      }
      #expect(error?.description.hasSuffix(": expected a fraction above 0 and at most 1") == true)
      // The same of a further constraint.
      #expect(throws: OperatingPointError.self) {
        try OperatingPoint(
          for: "yes", under: .sensitivity(atLeast: 0.5), also: [constraint], on: sample)
      }
    }
    #expect(throws: AbstentionError.self) {
      try Abstention(.coverage(atLeast: level), confidences: [0.5], isRight: [true])
    }
  }

  @Test("of prevalences")
  func prevalences() {
    #expect(
      PrevalenceError.noExamples.description
        == "a prevalence cannot be estimated from no predictions; give at least one")
    let words = PrevalenceError.singular(
      condition: .infinity, absent: ["a"], neverPredicted: ["b", "c"]
    ).description
    #expect(
      words
        == "the confusion matrix on validation has no usable inverse (condition number inf; no validation example of"
        + " 'a'; never decided for 'b', 'c'), so it does not determine the prevalence; use the EM estimate, or a better"
        + " model")
    #expect(
      AbstentionError.notPromised(risk: 0.1, best: 0.25, examples: 40).description
        == "a risk of 0.1 cannot be promised with confidence 0.95 from 40 validation examples; the best that can is"
        + " 0.25")
    #expect(
      DecisionRuleError.inconsistent("costs of 2 classes, and 3 names").description
        == "this decision rule does not fit together: costs of 2 classes, and 3 names")
  }

  @Test("a confusion matrix without an inverse names who is absent and who is never decided")
  func singular() {
    // c has no example; b is never the most probable class.
    let sample = LabelledProbabilities(
      classes: ["a", "b", "c"], truths: [0, 0, 1, 1],
      probabilities: [0.8, 0.1, 0.1, 0.7, 0.2, 0.1, 0.6, 0.3, 0.1, 0.5, 0.3, 0.2])
    let error = #expect(throws: PrevalenceError.self) { try BlackBoxShift(sample) }
    guard case .singular(let condition, let absent, let neverPredicted) = error else {
      Issue.record("\(error?.description ?? "nothing thrown")")
      return
    }
    #expect(condition == .infinity && absent == ["c"] && neverPredicted == ["b"])
  }
}
