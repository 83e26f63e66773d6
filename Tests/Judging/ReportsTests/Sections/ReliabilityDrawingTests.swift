import Decisions
import Evaluation
import Foundation
import Reports
import Runs
import Testing
import Uncertainty

/// Drawings and tables of probabilities and decisions, against the numbers of the document.
@Suite struct ReliabilityDrawingTests {
  private static let names = [
    "three with rule", "validation too", "two", "hundred", "no intervals",
  ]

  private func part(_ name: String) throws -> (EvaluationPart, DecisionPart) {
    let part = try #require(try Documents.named(name).runs[0].evaluations.first)
    return (part, try #require(part.decisions))
  }

  private func section(_ id: String, _ name: String) throws -> Node {
    try #require(try Documents.page(name).with(id: id))
  }

  private func check(_ chart: DrawnChart, _ curve: ReliabilityCurve) throws {
    let bins = curve.bins.filter { $0.count > 0 }
    let line = try chart.line("came true")
    let (dx, dy) = (chart.accuracy.x * 1.01, chart.accuracy.y * 1.01)
    #expect(line.count == bins.count && chart.node.all("circle").count == bins.count)
    for (point, bin) in zip(line, bins) {
      let mean = try #require(bin.meanProbability)
      #expect(abs(point.x - mean) <= dx)
      #expect(abs(point.y - Double(bin.positives) / Double(bin.count)) <= dy)
      // A dot stands within its bin.
      #expect(point.x >= bin.low - dx && point.x <= bin.high + dx)
    }
    let rule = try #require(try chart.rules().first)
    #expect(abs(rule.from.x) + abs(rule.from.y) < 0.01)
    #expect(abs(rule.to.x - 1) + abs(rule.to.y - 1) < 0.01)
    let total = bins.map(\.count).reduce(0, +)
    #expect(chart.description.contains("\(total) images in \(bins.count) bins."))
    // Bars: the square root of the count, the most a quarter of the height.
    let bars = chart.node.all("rect").filter { $0.has("count") }
    #expect(bars.count == bins.count)
    let most = Double(bins.map(\.count).max() ?? 1)
    for (bar, bin) in zip(bars, bins) {
      let height = try #require(bar.number("height"))
      let expected = (chart.bottom - chart.top) / 4 * (Double(bin.count) / most).squareRoot()
      #expect(abs(height - expected) <= 0.0501)
      let foot = height + (bar.number("y") ?? 0)
      #expect(abs(foot - chart.bottom) <= 0.1001)
      #expect(
        bar.first("title")?.words
          == "\(Figures.count(bin.positives)) of \(Figures.count(bin.count))")
      let left = chart.value((bar.number("x") ?? 0, 0)).x
      #expect(
        abs(left - bin.low) <= 2 * dx + 0.5 * (chart.x.upperBound / (chart.right - chart.left)))
    }
    let whiskers = chart.node.all("line").filter { $0.has("whisker") }
    let ranges = bins.compactMap(\.interval)
    #expect(whiskers.count == ranges.count)
    for (whisker, range) in zip(whiskers, ranges) {
      let low = chart.value((0, whisker.number("y1") ?? 0)).y
      let high = chart.value((0, whisker.number("y2") ?? 0)).y
      #expect(abs(low - range.low) <= dy && abs(high - range.high) <= dy)
    }
  }

  @Test(arguments: names)
  func `dots, bars and whiskers of reliability lie where its bins are`(name: String) throws {
    let (part, decisions) = try part(name)
    let charts = try DrawnChart.all(in: section("reliability", name))
    let before = decisions.assessment.before
    try check(try #require(charts.first), before.reliability.topLabel)
    #expect(before.reliability.topLabel.bins.map(\.count).reduce(0, +) == part.metrics.n)
    if before != decisions.assessment.after {
      try check(charts[1], decisions.assessment.after.reliability.topLabel)
    }
    for row in before.reliability.classes {
      guard let curve = row.curve else { continue }
      let chart = try #require(charts.first { $0.title == "Reliability of \(row.name)" })
      try check(chart, curve)
      #expect(curve.bins.map(\.positives).reduce(0, +) == row.support)
    }
  }

  @Test(arguments: names)
  func `quality of the probabilities stands before and after, where something changes`(name: String)
    throws
  {
    let (_, decisions) = try part(name)
    let table = try #require(try section("reliability", name).first("table"))
    let (before, after) = (decisions.assessment.before, decisions.assessment.after)
    let rows = try #require(table.first("tbody")).all("tr").map { row in
      row.children.filter { !$0.tag.isEmpty }.map(\.words)
    }
    let expected: [(Double?, Double?)] = [
      (before.calibrationError, after.calibrationError),
      (before.meanClassCalibrationError, after.meanClassCalibrationError),
      (before.logLoss, after.logLoss), (before.brier, after.brier),
    ]
    #expect(rows.count == 4)
    for (row, numbers) in zip(rows, expected) {
      let values = before == after ? [numbers.0] : [numbers.0, numbers.1]
      #expect(Array(row.dropFirst()) == values.map { Figures.fixed($0) })
    }
  }

  /// Figures that stand in the table of operating points and in that of the decisions.
  @Test func `operating points and decisions are those of the rule`() throws {
    let (part, decisions) = try part("three with rule")
    let found = try section("decisions", "three with rule")
    let assessment = decisions.assessment
    let table = try #require(
      found.all("table").first { $0.first("caption")?.words.hasPrefix("Operating points") == true })
    let rows = try #require(table.first("tbody")).all("tr").map { row in
      row.children.filter { !$0.tag.isEmpty }
    }
    #expect(rows.count == assessment.points.count)
    for (cells, point) in zip(rows, assessment.points) {
      #expect(cells[0].words == point.point.name)
      #expect(cells[2].words == Figures.fixed(point.point.threshold))
      for (place, rate) in [
        (5, point.achieved.sensitivity), (6, point.achieved.specificity),
        (7, point.achieved.flagged), (8, point.achieved.precision),
      ] {
        let text =
          rate.trials > 0 && rate.trials < 10
          ? "\(rate.count) of \(rate.trials)" : Figures.fixed(rate.value)
        #expect(cells[place].first("a")?.words == text, "\(place)")
      }
    }
    // What the rule decides, class by class, adds up to the images.
    if let decided = found.all("table").first(where: {
      $0.first("caption")?.words.hasPrefix("Images decided rightly") == true
    }) {
      let numbers = try #require(decided.first("tbody")).all("tr").map { row in
        row.children.filter { !$0.tag.isEmpty }.dropFirst()
          .map { Int($0.words.replacing(",", with: "")) ?? -1 }
      }
      #expect(numbers.map { $0[$0.startIndex] }.reduce(0, +) == part.metrics.n)
      let plain = numbers.map { $0[$0.startIndex + 1] }.reduce(0, +)
      let ruled = numbers.map { $0[$0.startIndex + 2] }.reduce(0, +)
      let words = found.words
      let share = { (right: Int) in Figures.fixed(Double(right) / Double(part.metrics.n)) }
      #expect(
        words.contains(
          "Accuracy \(share(plain)) by the most probable class, \(share(ruled)) with the rule."))
    }
    let abstained = try #require(assessment.abstained)
    let errors = try #require(assessment.errorsAnswered)
    #expect(abstained.count + errors.trials == abstained.trials)
    #expect(
      found.words.contains(
        "Abstained: \(abstained.count) of \(abstained.trials). Of the others \(errors.count) of \(errors.trials) are decided wrongly"
      ))
  }

  /// Sets for a miss rate that is no whole percent.
  @Test(arguments: [(0.1, "90 %"), (0.025, "97.5 %"), (0.2, "80 %")])
  func `sets say the share that they should hold`(missRate: Double, share: String) throws {
    var contents = try Samples.contents(classes: ["a", "b"])
    var plan = DecisionPlan(calibration: .temperature)
    plan.missRate = missRate
    contents.rule = try plan.choose(
      on: LabelledProbabilities(Samples.predictions(classes: ["a", "b"], count: 300, seed: 78)))
    let document = ReportDocument([contents], options: Documents.options)
    #expect(
      document.html().contains("Sets that should hold the true class in \(share) of the cases"))
  }
}
