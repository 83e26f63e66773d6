import Evaluation
import Files
import Testing
import Uncertainty

@Suite("Bounds are of differences, and of two classes of one positive")
struct RequirementBoundsTests {
  private func predictions(
    _ classes: [String], rows: Int = 40, skill: Double = 0.15
  ) throws -> Predictions {
    let ill = classes.firstIndex(of: "ill") ?? 0
    var (truths, probabilities): ([Int], [Double]) = ([], [])
    for row in 0..<rows {
      let isIll = row % 5 == 0
      let p = 0.5 + (isIll ? skill : -skill) + Double(row * 7 % 11 - 5) / 20
      truths.append(isIll ? ill : 1 - ill)
      probabilities += ill == 0 ? [p, 1 - p] : [1 - p, p]
    }
    return try Predictions(
      classes: classes, paths: (0..<rows).map(String.init), truths: truths,
      probabilities: probabilities.map { min(max($0, 0), 1) })
  }

  private func message(_ text: String, _ report: MetricsReport) throws -> String {
    do {
      try Requirement(parsing: text).check(first: report)
      return "taken"
    } catch {
      return "\(error)"
    }
  }

  @Test("a bound of the value itself is answered with what bounds mean")
  func meaning() throws {
    let report = MetricsReport(try predictions(["ill", "well"], skill: 0.1))
    let accuracy = try #require(report["accuracy"])
    #expect(
      try message("accuracy >= 0.9", report)
        == "'accuracy >= 0.9': a bound is of the difference, second minus first, not of the value; the"
        + " first model has \((accuracy * 10_000).rounded() / 10_000), so that no model can keep it. What the"
        + " second may lose is written 'accuracy >= -0.01', what it must gain 'accuracy >= 0.01'")
    #expect(try message("recall[ill] >= 0.95", report).contains("recall[ill] >= -0.01"))
    #expect(try message("ece <= 0.95", report).contains("no model can break it"))
    #expect(try message("ece <= 0.95", report).contains("'ece <= 0.01'"))
    for text in ["accuracy >= -0.01", "mcc >= 0.02", "ece <= 0.02", "log_loss <= 0.5", "mcc >= -1"]
    {
      #expect(try message(text, report) == "taken", "\(text)")
    }
  }

  @Test("both models have the same positive class, whatever the order of their classes")
  func positive() throws {
    let settings = IntervalSettings(resamples: 40)
    let first = try predictions(["ill", "well"])
    let second = try predictions(["well", "ill"], skill: 0.05)
    let comparison = try Comparison(first, second, settings: settings)
    #expect(comparison.positive == "ill")
    let expected = try (
      #require(MetricsReport(first)["average_precision"]),
      #require(MetricsReport(second)["average_precision"])
    )
    let found = try #require(comparison.metrics["average_precision"])
    #expect(found.first == expected.0 && found.second == expected.1)
    #expect(expected.0 > expected.1)
    let verdict = try Verdict(Requirement(parsing: "average_precision >= -0.01"), comparison)
    #expect(verdict.positive == "ill" && verdict.summary.hasSuffix("(positive class: ill)"))
    #expect(try Verdict(Requirement(parsing: "mcc >= -1"), comparison).positive == nil)
    var other = first
    other.positive = PositiveClass(1, because: .named)
    let turned = try Comparison(other, second, settings: settings)
    #expect(turned.positive == "well")
    #expect(try #require(turned.metrics["average_precision"]?.first) > expected.0)
    let bytes = try JSONFile.encode(comparison)
    #expect(try JSONFile.decode(Comparison.self, from: bytes, name: "c") == comparison)
  }

  @Test("the resamples have the positive class of the whole, subgroups too")
  func resamples() throws {
    // In the subgroup "b" the ill are the more common.
    let base = try predictions(["ill", "well"], rows: 60)
    let sites = base.truths.map { $0 == 0 ? "b" : "a" }
    let mixed = sites.enumerated().map { $0.offset % 6 == 1 ? "b" : $0.element }
    let predictions = try Predictions(
      classes: base.classes, paths: base.paths, truths: base.truths,
      probabilities: base.probabilities, columns: [.init("site", mixed)])
    let settings = IntervalSettings(resamples: 60)
    let whole = Assessment(predictions, settings: settings)
    #expect(whole.report.positiveName == "ill")
    let interval = try #require(whole.intervals["average_precision"])
    #expect(interval.contains(try #require(whole.report["average_precision"])))
    let groups = try SubgroupAssessment(predictions, column: "site", settings: settings)
    for group in groups.groups { #expect(group.assessment.report.positiveName == "ill") }
  }

  @Test("decisions alone have intervals where they need no scores")
  func decisions() throws {
    let rows = (0..<40).map { "\($0),\($0 % 4 == 0 ? "a" : "b"),\($0 % 3 == 0 ? "a" : "b")\n" }
    let predictions = try Predictions.read(
      bytes: Array(("path,y_true,y_pred\n" + rows.joined()).utf8), name: "t")
    let assessment = Assessment(predictions, settings: IntervalSettings(resamples: 50))
    #expect(assessment.intervals["f1_macro"] != nil && assessment.intervals["roc_auc_ovr"] == nil)
    #expect(assessment.thresholdMetrics.isEmpty)
    let comparison = try Comparison(
      predictions, predictions, settings: IntervalSettings(resamples: 20))
    #expect(comparison.metrics["log_loss"]?.difference == nil)
    #expect(comparison.perClass[0].rocAUC.difference == nil)
  }
}
