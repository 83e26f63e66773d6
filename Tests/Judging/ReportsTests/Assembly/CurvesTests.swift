import Evaluation
import Randomness
import Reports
import Testing
import Uncertainty

@Suite struct CurvesTests {
  private func curves(
    _ truths: [Int], _ scores: [Double], groups: [String]? = nil, level: Double? = nil
  ) throws -> [ClassCurves] {
    let predictions = try Predictions(
      classes: ["no", "yes"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: scores.flatMap { [1 - $0, $0] },
      columns: groups.map { [.init("group", $0)] } ?? [])
    var contents = RunContents(
      name: "a", evaluations: [.init(split: "test", predictions: predictions)])
    contents.method = nil
    var options = ReportOptions()
    options.intervals = level.map { IntervalSettings(resamples: 20, level: $0) }
    return ReportDocument([contents], options: options).runs[0].evaluations[0].curves
  }

  @Test func `both curves of four examples, point by point`() throws {
    let yes = try curves([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])[1]
    #expect(yes.positives == 2 && yes.negatives == 2 && yes.prevalence == 0.5)
    #expect(yes.roc?.x == [0, 0, 0.5, 0.5, 1])
    #expect(yes.roc?.y == [0, 0.5, 0.5, 1, 1])
    // Precision 1 to recall ½; then down to ⅔ for the rest.
    #expect(yes.precisionRecall?.x == [0, 0.5, 0.5, 1])
    #expect(yes.precisionRecall?.y == [1, 1, 0.66665, 0.66665])
  }

  @Test func `bands are Wilson's, and hold the line`() throws {
    let yes = try curves([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])[1]
    let roc = try #require(yes.roc)
    let half = try #require(Interval.wilson(1, of: 2))
    #expect(abs(roc.low[1] - half.low) < 5e-5 && abs(roc.high[1] - half.high) < 5e-5)
    for index in roc.x.indices {
      #expect(roc.low[index] <= roc.y[index] && roc.y[index] <= roc.high[index])
    }
  }

  @Test func `bands are of the level of the page, and there are none of groups`() throws {
    let (truths, scores) = ([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])
    let roc = try #require(try curves(truths, scores, level: 0.8)[1].roc)
    let half = try #require(Interval.wilson(1, of: 2, level: 0.8))
    #expect(abs(roc.low[1] - half.low) < 5e-5 && abs(roc.high[1] - half.high) < 5e-5)
    let grouped = try curves(truths, scores, groups: ["p", "p", "q", "q"])[1]
    #expect(grouped.roc?.y == roc.y)
    #expect(grouped.roc?.low == [] && grouped.precisionRecall?.high == [])
  }

  @Test func `equal scores are one point`() throws {
    let yes = try curves([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5])[1]
    #expect(yes.roc?.x == [0, 1] && yes.roc?.y == [0, 1])
    #expect(yes.precisionRecall?.y == [0.5, 0.5])
  }

  @Test func `without positives or negatives there is no curve`() throws {
    let all = try curves([1, 1], [0.3, 0.6])
    #expect(all[0].roc == nil && all[0].precisionRecall == nil && all[0].prevalence == 0)
    #expect(all[1].roc == nil)
    #expect(Set(all[1].precisionRecall?.y ?? []) == [1])
  }

  @Test func `the area under the thinned curve is the area`() throws {
    var random = RandomKey(seed: 8).source
    let truths = (0..<4000).map { _ in random.uniform() < 0.1 ? 1 : 0 }
    let scores = truths.map { min(max(0.3 * Double($0) + 0.35 + 0.2 * random.normal(), 0), 1) }
    let roc = try #require(try curves(truths, scores)[1].roc)
    var area = 0.0
    for index in 1..<roc.x.count {
      area += (roc.x[index] - roc.x[index - 1]) * (roc.y[index] + roc.y[index - 1]) / 2
    }
    let exact = areaUnderROC(
      positives: zip(truths, scores).filter { $0.0 == 1 }.map(\.1),
      negatives: zip(truths, scores).filter { $0.0 == 0 }.map(\.1))
    #expect(abs(area - (exact ?? 0)) < 0.001)
    #expect(roc.x.count <= 400)
  }
}
