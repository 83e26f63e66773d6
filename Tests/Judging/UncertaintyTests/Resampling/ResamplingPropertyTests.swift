import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Properties of resampling")
struct ResamplingPropertyTests {
  private let key = RandomKey(seed: 77)

  private func table(_ predictions: Predictions) -> ExampleTable {
    ExampleTable(predictions, rows: Array(0..<predictions.count), threads: 1)
  }

  private func isSame(_ left: [Double], _ right: [Double]) -> Bool {
    zip(left, right).allSatisfy { close($0, $1, absolute: 1e-11) || $0.isNaN && $1.isNaN }
  }

  /// Statistics of one lane with the given weights.
  private func values(_ predictions: Predictions, _ weights: [Int]) -> [Double] {
    var block = WeightBlock(count: predictions.count)
    for (row, weight) in weights.enumerated() {
      block.withLane(6) { add in for _ in 0..<weight { add(row) } }
    }
    let classes = predictions.classes.count
    return StatisticList(classes: classes).values(
      LaneMetricInputs(table(predictions), block, shots: nil)[6])
  }

  /// Kendall's tau-b counts pairs of examples, and copies are no pairs; all else is a mean or a rate.
  private func withoutTau(_ values: [Double]) -> [Double] {
    Metric.catalogue.indices.filter { Metric.catalogue[$0].name != "kendall_tau" }
      .map { values[$0] }
  }

  @Test("twice every weight changes no metric")
  func scale() throws {
    var random = key.source
    for levels in [nil, 3] {
      let predictions = try drawnPredictions(count: 40, classes: 4, key: key, levels: levels)
      let weights = (0..<40).map { _ in random.below(4) }
      let (once, twice) = (
        values(predictions, weights), values(predictions, weights.map { 2 * $0 })
      )
      #expect(isSame(withoutTau(once), withoutTau(twice)))
    }
  }

  @Test("the order of the rows changes no metric")
  func rowOrder() throws {
    var random = key.source
    let predictions = try drawnPredictions(count: 50, classes: 3, key: key, levels: 5)
    let weights = (0..<50).map { _ in random.below(3) }
    let order = random.shuffle(50)
    let shuffled = try Predictions(
      classes: predictions.classes, paths: order.map { predictions.paths[$0] },
      truths: order.map { predictions.truths[$0] },
      probabilities: order.flatMap { predictions[$0] })
    #expect(isSame(values(predictions, weights), values(shuffled, order.map { weights[$0] })))
  }

  @Test("an example of weight 0 might as well not be there")
  func absent() throws {
    var random = key.source
    let predictions = try drawnPredictions(count: 30, classes: 3, key: key)
    let weights = (0..<30).map { _ in random.below(2) }
    let kept = weights.indices.filter { weights[$0] > 0 }
    let rest = try Predictions(
      classes: predictions.classes, paths: kept.map { predictions.paths[$0] },
      truths: kept.map { predictions.truths[$0] },
      probabilities: kept.flatMap { predictions[$0] })
    #expect(isSame(values(predictions, weights), values(rest, kept.map { weights[$0] })))
  }

  @Test("no example at all leaves everything undefined")
  func empty() throws {
    let predictions = try drawnPredictions(count: 10, classes: 3, key: key)
    // Matthews' correlation too: it is 0 by definition only where there are examples.
    #expect(values(predictions, [Int](repeating: 0, count: 10)).allSatisfy { $0.isNaN })
  }

  @Test("the bootstrap of an area agrees with DeLong's formula")
  func deLong() throws {
    let predictions = try drawnPredictions(count: 600, classes: 2, key: key)
    let table = table(predictions)
    let plan = ResamplingPlan(truths: table.truths, groups: nil, counts: .fixed)
    let replicates = Replicates(
      table, plan: plan, resamples: 2000, shots: nil, key: key, threads: 2)
    let place = StatisticList(classes: 2).place(of: .rocAUC, class: 1)
    let areas = replicates.resampled.map { $0[place] }
    let mean = areas.reduce(0, +) / 2000
    let variance = areas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000
    let scores = (0..<600).map { predictions.probabilities[2 * $0 + 1] }
    func own(_ index: Int) -> [Double] {
      scores.indices.filter { table.truths[$0] == index }.map { scores[$0] }
    }
    let parts = try #require(DeLong(positives: own(1), negatives: own(0)))
    #expect(close(replicates.estimate[place], parts.area))
    let expected = try #require(parts.variance)
    #expect(close(variance, expected, relative: 0.12))
  }

  @Test("the spread of group means shows in the variance: twins double it")
  func twins() throws {
    let base = try drawnPredictions(count: 150, classes: 2, key: key)
    let rows = (0..<300).map { $0 / 2 }
    let twins = try Predictions(
      classes: base.classes, paths: (0..<300).map { "\($0)" }, truths: rows.map { base.truths[$0] },
      probabilities: rows.flatMap { base[$0] })
    func variance(_ groups: [String]?) -> Double {
      let table = table(twins)
      let values = Replicates(
        table, plan: ResamplingPlan(truths: table.truths, groups: groups), resamples: 2000,
        shots: nil, key: key, threads: 2
      ).resampled.map { $0[0] }
      let mean = values.reduce(0, +) / 2000
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000
    }
    #expect(close(variance(rows.map { "\($0)" }) / variance(nil), 2, relative: 0.15))
  }
}
