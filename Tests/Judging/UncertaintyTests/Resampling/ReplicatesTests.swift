import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Replicates")
struct ReplicatesTests {
  private let key = RandomKey(seed: 11)

  private func replicates(
    _ predictions: Predictions, resamples: Int = 50, threads: Int = 1
  ) -> Replicates {
    let table = ExampleTable(predictions, rows: Array(0..<predictions.count), threads: threads)
    let plan = ResamplingPlan(truths: table.truths, groups: predictions.groups)
    return Replicates(
      table, plan: plan, resamples: resamples, shots: nil, key: key, threads: threads)
  }

  private func isSame(_ left: [[Double]], _ right: [[Double]]) -> Bool {
    left.map { $0.map(\.bitPattern) } == right.map { $0.map(\.bitPattern) }
  }

  @Test("one, two and five threads give the same bits")
  func threads() throws {
    for groups in [nil, 9] {
      let predictions = try drawnPredictions(
        count: 70, classes: 4, key: key, levels: 6, groups: groups)
      let one = replicates(predictions)
      for threads in [2, 5] {
        let many = replicates(predictions, threads: threads)
        #expect(isSame(one.resampled, many.resampled))
        #expect(isSame(one.jackknifed, many.jackknifed))
        #expect(isSame([one.estimate], [many.estimate]))
      }
    }
  }

  @Test("the estimate is what the report says")
  func estimate() throws {
    let predictions = try drawnPredictions(count: 90, classes: 5, key: key)
    let report = MetricsReport(predictions)
    for (place, metric) in Metric.catalogue.enumerated() {
      let value = replicates(predictions, resamples: 1).estimate[place]
      #expect(close(value, report[metric.name] ?? .nan) || report[metric.name] == nil)
    }
  }

  @Test("more resamples only add to fewer")
  func prefix() throws {
    let predictions = try drawnPredictions(count: 40, classes: 3, key: key)
    let (few, many) = (
      replicates(predictions, resamples: 20), replicates(predictions, resamples: 50)
    )
    #expect(isSame(few.resampled, Array(many.resampled.prefix(20))))
  }

  @Test("the jackknife leaves out what it says")
  func jackknife() throws {
    let predictions = try drawnPredictions(count: 24, classes: 3, key: key, groups: 8)
    let found = replicates(predictions, resamples: 1)
    let plan = ResamplingPlan(
      truths: predictions.truths.compactMap { $0 }, groups: predictions.groups)
    let parts = found.jackknife.omitted.flatMap { $0 }
    let list = StatisticList(classes: 3)
    for (part, values) in zip(parts, found.jackknifed) {
      let gone = Set(part.flatMap { plan.examples(of: $0) })
      let slow = list.values(
        repeated(predictions, (0..<predictions.count).map { gone.contains($0) ? 0 : 1 }))
      for (value, expected) in zip(values, slow) {
        #expect(close(value, expected, absolute: 1e-12) || value.isNaN && expected.isNaN)
      }
    }
    #expect(!parts.isEmpty)
  }

  @Test("what is drawn does not depend on the scores: a model against itself differs nowhere")
  func paired() throws {
    let predictions = try drawnPredictions(count: 60, classes: 3, key: key)
    let one = replicates(predictions)
    let zero = one.minus(one)
    #expect(zero.resampled.allSatisfy { $0.allSatisfy { $0 == 0 || $0.isNaN } })
    // Another model on the same truths: the same examples are drawn, so supports agree.
    let other = try Predictions(
      classes: predictions.classes, paths: predictions.paths, truths: predictions.truths,
      probabilities: predictions.probabilities.map { _ in 1.0 / 3 })
    let list = StatisticList(classes: 3)
    let recall = list.place(of: .recall, class: 0)
    #expect(replicates(other).resampled.allSatisfy { $0[recall] == 1 })
  }

  @Test(
    "the spread of the accuracy is the binomial's, with fixed counts the stratified formula's",
    arguments: ClassCounts.allCases)
  func spread(counts: ClassCounts) throws {
    // Nearly all of one class are right and most of the other wrong: how many there are of each then matters.
    var random = key.source
    let truths = (0..<300).map { $0 % 3 == 0 ? 1 : 0 }
    let predictions = try Predictions(
      classes: ["a", "b"], paths: truths.indices.map { "\($0)" }, truths: truths,
      probabilities: truths.flatMap { truth -> [Double] in
        let isFirst = truth == 0 ? random.uniform() < 0.95 : random.uniform() < 0.7
        return isFirst ? [0.8, 0.2] : [0.1, 0.9]
      })
    let table = ExampleTable(predictions, rows: Array(0..<300), threads: 1)
    let found = Replicates(
      table, plan: ResamplingPlan(truths: truths, groups: nil, counts: counts), resamples: 3000,
      shots: nil, key: key, threads: 1
    ).resampled.map { $0[0] }
    let mean = found.reduce(0, +) / 3000
    let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3000
    // p (1 − p) / N, or Σ over classes of n p (1 − p) / N².
    let report = MetricsReport(predictions)
    let accuracy = report["accuracy"] ?? .nan
    let within = report.perClass.reduce(0.0) { sum, row in
      let rate = row.recall ?? 0
      return sum + Double(row.support) * rate * (1 - rate) / (300 * 300)
    }
    let expected = counts == .sampled ? accuracy * (1 - accuracy) / 300 : within
    #expect(close(variance, expected, relative: 0.1))
    #expect(accuracy * (1 - accuracy) / 300 > 1.5 * within)
  }
}
