import Decisions
import Evaluation
import Reports
import Testing
import Uncertainty

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

  /// The page's level is that of its intervals; what is promised, besides and of the whole rule, stands beside it.
  @Test func `the level and promises are on the page`() throws {
    var contents = try Samples.contents(classes: ["a", "b", "<c>"], count: 400)
    var plan = DecisionPlan(calibration: .temperature)
    plan.points = [
      .init("a", .workload(atMost: 0.5)),
      .init("b", .sensitivity(atLeast: 0.8), also: [.specificity(atLeast: 0.1)]),
    ]
    plan.abstention = .risk(atMost: 0.6)
    plan.promisesRisk = true
    plan.costs = [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    let validation = try Samples.predictions(classes: ["a", "b", "<c>"], count: 300, seed: 77)
    contents.rule = try plan.choose(on: LabelledProbabilities(validation))
    var options = ReportOptions()
    options.intervals = IntervalSettings(resamples: 50, level: 0.9)
    let document = ReportDocument([contents], options: options)
    let found = try #require(document.runs[0].evaluations[0].decisions).assessment
    let text = document.html()
    #expect(found.level == 0.9 && text.contains("with 90 % intervals:"))
    #expect(!text.contains("95 % interval"))
    #expect(text.contains("came true, with its 90 % interval"))
    let besides = try #require(found.points[1].point.alsoGuarantees?[0])
    #expect(text.contains("specificity ≥ 0.1 besides,"))
    #expect(text.contains(">\(Figures.fixed(besides.level))</a>"))
    let whole = try #require(found.points[1].ofWholeRule)
    #expect(text.contains("\(Figures.fixed(whole.value)) by the whole rule, where points before"))
    let risk = try #require(found.promisedRisk)
    #expect(text.contains("; promised at most <a") && text.contains(Figures.fixed(risk.level)))
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
