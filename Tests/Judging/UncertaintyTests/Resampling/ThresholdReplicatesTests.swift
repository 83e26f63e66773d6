import Evaluation
import Randomness
import Testing
import Uncertainty

/// The definitions word by word, every threshold tried: `O(n²)`.
private struct Reference {
  let scores: [Double]
  let truths: [Bool]

  private var positives: Double { Double(truths.count { $0 }) }
  private var negatives: Double { Double(truths.count) - positives }

  private func counts(_ threshold: Double) -> (hits: Double, alarms: Double) {
    let called = scores.indices.filter { scores[$0] >= threshold }
    let hits = Double(called.count { truths[$0] })
    return (hits, Double(called.count) - hits)
  }

  private var all: [(hits: Double, alarms: Double)] { ([.infinity] + scores).map(counts) }

  func sensitivity(_ specificity: Double) -> Double {
    guard positives > 0, negatives > 0 else { return .nan }
    let allowed = all.filter { (negatives - $0.alarms) / negatives >= specificity }
    return (allowed.map(\.hits).max() ?? .nan) / positives
  }

  func specificity(_ sensitivity: Double) -> Double {
    guard positives > 0, negatives > 0 else { return .nan }
    let allowed = all.filter { $0.hits / positives >= sensitivity }
    return (negatives - (allowed.map(\.alarms).min() ?? .nan)) / negatives
  }

  /// An image counts by the part of the orders of its ties that puts it among the first `k`.
  func precision(_ k: Int) -> Double {
    guard k > 0, k <= scores.count else { return .nan }
    var sum = 0.0
    for row in scores.indices where truths[row] {
      let above = scores.count { $0 > scores[row] }
      let tied = scores.count { $0 == scores[row] }
      sum += min(1, max(0, Double(k - above) / Double(tied)))
    }
    return sum / Double(k)
  }

  func worth(_ threshold: Double) -> Double {
    let (hits, alarms) = counts(threshold)
    return (hits - alarms * threshold / (1 - threshold)) / Double(scores.count)
  }

  var values: [Double] {
    [0.9, 0.95].map(sensitivity) + [0.9, 0.95].map(specificity)
      + [precision(truths.count { $0 }), precision(10)] + [0.05, 0.1, 0.2, 0.5].map(worth)
  }
}

@Suite("Threshold statistics of resamples")
struct ThresholdReplicatesTests {
  /// Every class and four lanes of random weights against the reference.
  private func check(_ predictions: Predictions, _ key: RandomKey) throws {
    let (count, classes) = (predictions.count, predictions.classes.count)
    let table = ExampleTable(predictions, rows: Array(0..<count), threads: 1)
    let replicates = ThresholdReplicates(
      table, rankings: (0..<classes).map { predictions.ranking(of: $0) })
    var (block, random) = (WeightBlock(count: count), key.source)
    var weights = [[Int]](repeating: [], count: 4)
    for lane in 0..<4 {
      // Lane 3 holds few, so that classes vanish from it.
      weights[lane] = (0..<count).map { _ in lane == 3 ? random.below(60) / 58 : random.below(4) }
      for (row, weight) in weights[lane].enumerated() {
        block.withLane(lane) { add in for _ in 0..<weight { add(row) } }
      }
    }
    let values = replicates.values(block)
    for lane in 0..<4 {
      let rows = (0..<count).flatMap { [Int](repeating: $0, count: weights[lane][$0]) }
      for index in 0..<classes {
        let reference = Reference(
          scores: rows.map { predictions[$0][predictions[$0].startIndex + index] },
          truths: rows.map { predictions.truths[$0] == index })
        let own = values[lane][(index * 10)..<(index * 10 + 10)]
        for (place, pair) in zip(own, reference.values).enumerated() {
          #expect(
            abs(pair.0 - pair.1) < 1e-12 || (pair.0.isNaN && pair.1.isNaN),
            "lane \(lane), class \(index), place \(place): \(pair)")
        }
      }
    }
  }

  @Test("equal trying every threshold, whatever the ties", arguments: [nil, 2, 7, 200])
  func reference(levels: Int?) throws {
    for (count, seed) in [(12, 1), (63, 2), (64, 3), (65, 4), (150, 5), (310, 6)] {
      let key = RandomKey(seed: UInt64(seed))
      let predictions = try drawnPredictions(count: count, classes: 3, key: key, levels: levels)
      try check(predictions, key.folding("weights"))
    }
  }

  @Test("constant scores, and long runs beside short ones")
  func runs() throws {
    var random = RandomKey(seed: 9).source
    for shape in 0..<3 {
      let scores = (0..<300).map { row in
        shape == 0 ? 0.5 : (row % 300 < 100 * shape ? 0.2 : (random.uniform() * 50).rounded() / 50)
      }
      let predictions = try Predictions(
        classes: ["no", "yes"], paths: (0..<300).map { "\($0)" },
        truths: (0..<300).map { _ in random.below(3) / 2 },
        probabilities: scores.flatMap { [1 - $0, $0] })
      try check(predictions, RandomKey(seed: UInt64(shape)))
    }
  }
}
