import Decisions
import Evaluation
import Reports
import Testing

@Suite struct DecisionPageTests {
  private func document(hasRule: Bool) throws -> ReportDocument {
    try ReportDocument([
      Samples.contents(classes: ["a", "b", "<c>"], count: 400, hasRule: hasRule)
    ])
  }

  @Test func `operating points stand beside what they achieve, with its interval`() throws {
    let document = try document(hasRule: true)
    let text = document.html()
    let decisions = try #require(document.runs[0].evaluations[0].decisions)
    let point = try #require(decisions.assessment.points.first)
    let rate = try #require(point.achieved.sensitivity.value)
    let interval = try #require(point.achieved.sensitivity.interval)
    #expect(decisions.isStored)
    #expect(text.contains("sensitivity ≥ 0.8"))
    #expect(text.contains(">\(Figures.fixed(point.point.threshold))</a>"))
    #expect(
      text.contains(
        ">\(Figures.fixed(rate))</a> <small class=\"ci\">\(Figures.range(interval.low, interval.high, 2))</small>"
      ))
  }

  @Test func `costs, predictive values, abstention and sets are there`() throws {
    let text = try document(hasRule: true).html()
    for part in [
      "Mean cost of a decision", "Predictive values at the prevalence", "Abstained:",
      "hold the true class in 90 % of the cases", "part answered, the surest first",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test func `without a rule the page says that none was chosen`() throws {
    let text = try document(hasRule: false).html()
    #expect(text.contains("No operating point was chosen"))
    #expect(!text.contains("hold the true class in 90 %"))
  }

  /// One sentence: what calibration is, and what what is decided makes of it; telling classes apart is another matter.
  @Test(arguments: [true, false]) func `calibration is said in a sentence`(hasRule: Bool) throws {
    let document = try document(hasRule: hasRule)
    let decisions = try #require(document.runs[0].evaluations[0].decisions)
    let change = try #require(decisions.change)
    #expect(change.before.error == decisions.assessment.before.calibrationError)
    #expect(change.before.area == document.runs[0].evaluations[0].metrics["roc_auc_ovr"])
    let slope = Figures.fixed(try #require(change.before.slope), 2)
    let text = document.html()
    #expect(text.contains("are right): as the model says, slope \(slope), intercept"))
    #expect(text.ranges(of: "id=\"calibration\"").count == 1)
    if let after = change.after {
      #expect(after.error == decisions.assessment.after.calibrationError)
      #expect(text.contains("; after \(change.calibration) calibration on validation"))
    } else {
      #expect(text.contains("; nothing was decided that changes it."))
    }
  }

  @Test func `a rule of other classes is not applied`() throws {
    var contents = try Samples.contents(classes: ["a", "b"])
    contents.rule = DecisionRule(classes: ["x", "y"])
    #expect(try ReportDocument([contents]).runs[0].evaluations[0].decisions == nil)
  }
}
