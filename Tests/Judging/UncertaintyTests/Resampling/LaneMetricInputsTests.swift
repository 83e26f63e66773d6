import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Sixteen resamples at once")
struct LaneMetricInputsTests {
  /// Every statistic of every lane against the metrics of a table in which rows are repeated.
  private func check(_ predictions: Predictions, shots: ShotGroups?, _ key: RandomKey) {
    let rows = Array(0..<predictions.count)
    let table = ExampleTable(predictions, rows: rows, threads: 1)
    // With counts that are fixed the rarer of two classes stays the rarer.
    let plan = ResamplingPlan(
      truths: predictions.truths.compactMap { $0 }, groups: predictions.groups, counts: .fixed)
    var block = WeightBlock(count: table.count)
    for lane in 0..<15 {
      var source = key.folding(lane).source
      plan.draw(using: &source, into: &block, lane: lane)
    }
    // The last lane stays empty: everything in it is undefined.
    let lanes = LaneMetricInputs(table, block, shots: shots)
    let list = StatisticList(classes: table.classes)
    for lane in 0..<16 {
      var slow = repeated(predictions, block.vectors.map { Int($0[lane]) })
      slow.shots = shots
      let (found, expected) = (list.values(lanes[lane]), list.values(slow))
      for (place, (value, truth)) in zip(found, expected).enumerated() {
        let same = value.isNaN && truth.isNaN || close(value, truth, absolute: 1e-12)
        #expect(same, "lane \(lane), statistic \(place): \(value) against \(truth)")
      }
    }
  }

  @Test("equal the metrics of repeated rows: distinct scores, ties, constant scores, two classes")
  func repeatedRows() throws {
    let key = RandomKey(seed: 3)
    for (number, levels) in [nil, 2, 5, 1].enumerated() {
      for classes in [2, 3, 6] {
        let predictions = try drawnPredictions(
          count: 40 + number, classes: classes, key: key.folding(number).folding(classes),
          levels: levels)
        let shots = ShotGroups(trainingCounts: (0..<classes).map { 300 / ($0 + 1) })
        check(predictions, shots: classes == 2 ? nil : shots, key)
      }
    }
  }

  @Test("and with groups, where a class can be missing from a resample")
  func clustered() throws {
    let key = RandomKey(seed: 4)
    for number in 0..<6 {
      let predictions = try drawnPredictions(
        count: 30, classes: 4, key: key.folding(number), levels: number % 2 == 0 ? nil : 3,
        groups: 5)
      check(predictions, shots: nil, key)
    }
  }

  @Test("32-bit sums do not run over: weights of 200 on thousands of rows")
  func largeWeights() throws {
    let predictions = try drawnPredictions(count: 3000, classes: 2, key: RandomKey(seed: 5))
    let tied = try drawnPredictions(count: 3000, classes: 2, key: RandomKey(seed: 5), levels: 4)
    // Runs of one and of several in turn: a sum is then near its end inside and outside of ties.
    let mixed = try drawnPredictions(count: 3000, classes: 2, key: RandomKey(seed: 5), levels: 2000)
    for predictions in [predictions, tied, mixed] {
      let table = ExampleTable(predictions, rows: Array(0..<3000), threads: 1)
      var heavy = WeightBlock(count: 3000)
      var light = WeightBlock(count: 3000)
      for row in 0..<3000 {
        for lane in 0..<16 {
          heavy.withLane(lane) { add in for _ in 0..<200 { add(row) } }
          light.withLane(lane) { $0(row) }
        }
      }
      let (many, one) = (
        LaneMetricInputs(table, heavy, shots: nil)[7], LaneMetricInputs(table, light, shots: nil)[7]
      )
      // 200 copies of everything change no metric; the pairs are 40,000 times as many.
      #expect(many.rocAUC == one.rocAUC)
      #expect(close(many.averagePrecision[1] ?? 0, one.averagePrecision[1] ?? 1))
      #expect(many.confusion.total == 600_000)
    }
  }
}
