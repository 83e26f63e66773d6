import Evaluation
import TestSupport
import Testing
import Uncertainty

/// One table of `weighted.py`, made again step for step.
private struct WeightedTable {
  let classes: Int
  var truths: [Int] = []
  var scores: [Double] = []
  var weights: [Int] = []

  init(_ number: Int) {
    var random = CongruentialGenerator(state: UInt64(number))
    classes = 3 + random.below(3)
    let rows = 12 + random.below(30)
    let levels = number % 2 == 1 ? 4 : 1_000_003
    for _ in 0..<rows {
      let truth = random.below(classes)
      var row = (0..<classes).map { _ in 1 + random.below(levels) }
      row[truth] += levels / 2
      truths.append(truth)
      scores += row.map { Double($0) / Double(row.reduce(0, +)) }
      weights.append(random.below(4))
    }
  }

  /// The inputs of the eleventh lane, which has the weights.
  func inputs() throws -> MetricInputs {
    let predictions = try Predictions(
      classes: (0..<classes).map { "\($0)" }, paths: truths.indices.map { "\($0)" },
      truths: truths, probabilities: scores)
    let table = ExampleTable(predictions, rows: Array(truths.indices), threads: 2)
    var block = WeightBlock(count: truths.count)
    for (row, weight) in weights.enumerated() {
      block.withLane(10) { add in for _ in 0..<weight { add(row) } }
    }
    return LaneMetricInputs(table, block, shots: nil)[10]
  }
}

private struct WeightedGolden: Decodable {
  /// Values by metric name.
  let metrics: [String: Double]
  /// Values of classes, and of pairs of classes.
  let lists: [String: [Double?]]
}

@Suite("Weighted examples equal scikit-learn's sample_weight")
struct WeightedGoldenTests {
  private func matches(_ found: [Double?], _ expected: [Double?]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { value, truth in
        guard let value, let truth else { return value == nil && truth == nil }
        return close(value, truth, relative: 0, absolute: 1e-9)
      }
  }

  @Test("60 tables, half of them with many ties: metrics, areas, pairs and average precision")
  func golden() throws {
    let golden: [WeightedGolden] = try Golden.load("Uncertainty/weighted.json")
    #expect(golden.count == 60)
    for (index, expected) in golden.enumerated() {
      var inputs = try WeightedTable(index + 1).inputs()
      inputs.areOrdered = true
      for (name, value) in expected.metrics {
        let found = Metric.named(name)?(inputs).value ?? .nan
        #expect(
          close(found, value, relative: 0, absolute: 1e-9), "table \(index + 1): \(name) \(found)")
      }
      let lists = [
        "roc_auc": inputs.rocAUC, "roc_auc_pairs": inputs.rocAUCPairs,
        "average_precision": inputs.averagePrecision,
      ]
      for (name, list) in lists {
        #expect(matches(list, expected.lists[name] ?? []), "table \(index + 1): \(name)")
      }
    }
  }
}
