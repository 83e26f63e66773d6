import Evaluation
import Targets
import TestSupport
import Testing
import Uncertainty

@Suite struct TargetComparisonTests {
  private let settings = IntervalSettings(resamples: 300)

  private func requirement(_ text: String) throws -> Uncertainty.Requirement {
    try Uncertainty.Requirement(
      parsing: text, metrics: TargetComparison.ofLabels.over, ofClass: TargetComparison.ofLabels.one
    )
  }

  @Test func aWorseLabelIsRuledOutAndOthersPass() throws {
    let comparison = try TargetComparison(
      LabelAssessmentTests.table(150), LabelAssessmentTests.table(150, shift: 0.3),
      settings: settings)
    let worse = try comparison.verdict(try requirement("roc_auc[a] >= -0.01"))
    #expect(worse.outcome == .ruledOut && worse.support == 50)
    #expect(try comparison.verdict(try requirement("roc_auc[b] >= -0.01")).outcome == .passes)
    #expect(
      try comparison.verdict(try requirement("average_precision_macro >= -0.01")).outcome
        == .ruledOut)
  }

  @Test func oneModelTwicePasses() throws {
    let table = LabelAssessmentTests.table(60)
    let turned = LabelPredictions(
      labels: table.labels, paths: table.paths, truths: table.truths,
      probabilities: table.probabilities
    ).keeping(Array((0..<60).reversed()))
    let comparison = try TargetComparison(table, turned, settings: settings)
    #expect(comparison.metrics["f1_macro"]?.difference == 0)
    #expect(try comparison.verdict(try requirement("f1_macro >= 0")).outcome == .passes)
  }

  @Test func tablesThatDoNotMatchAreNamed() throws {
    let table = LabelAssessmentTests.table(20)
    #expect(throws: ComparisonError.self) {
      try TargetComparison(table, table.keeping(Array(0..<19)), settings: settings)
    }
    var truths = table.truths
    truths[0] = false
    let other = LabelPredictions(
      labels: table.labels, paths: table.paths, truths: truths, probabilities: table.probabilities)
    #expect(throws: ComparisonError.differentTruth(path: "1000", first: "a", second: "not a")) {
      try TargetComparison(table, other, settings: settings)
    }
    #expect(throws: RequirementError.self) {
      try TargetComparison(table, table, settings: settings)
        .verdict(try requirement("roc_auc[z] >= 0"))
    }
  }

  @Test func numbersAreCompared() throws {
    let truths = (0..<80).map { Double($0) }
    func table(_ error: Double) -> NumberPredictions {
      NumberPredictions(
        paths: (0..<80).map { "\(100 + $0)" }, truths: truths,
        predicted: truths.enumerated().map { $1 + ($0 % 2 == 0 ? error : -error * 0.5) })
    }
    let comparison = try TargetComparison(table(1), table(2), settings: settings)
    #expect(close(try #require(comparison.metrics["mae"]?.difference), 0.75, relative: 1e-9))
    let asked = try Uncertainty.Requirement(
      parsing: "mae <= 0.5", metrics: TargetComparison.ofNumbers, ofClass: [])
    #expect(try comparison.verdict(asked).outcome == .ruledOut)
  }
}
