import Evaluation
import TestSupport
import Testing

@Suite("Rank statistics of a table of scores")
struct RankStatisticsTests {
  /// Part of the pairs that the first list wins, ties one half: the definition.
  private func won(_ positives: [Double], _ negatives: [Double]) -> Double? {
    guard !positives.isEmpty, !negatives.isEmpty else { return nil }
    let wins = positives.reduce(0.0) { sum, p in
      sum + negatives.reduce(0.0) { $0 + (p > $1 ? 1 : p == $1 ? 0.5 : 0) }
    }
    return wins / Double(positives.count * negatives.count)
  }

  private func scores(_ table: GoldenTable, of column: Int, truth: (Int) -> Bool) -> [Double] {
    table.truths.indices.filter { truth(table.truths[$0]) }.map {
      table.scores[$0 * table.classes + column]
    }
  }

  private func agree(_ value: Double?, _ expected: Double?) -> Bool {
    (value == nil) == (expected == nil) && close(value ?? 0, expected ?? 0)
  }

  @Test("areas are the parts of pairs won, against the rest and against each class")
  func pairs() {
    for number in 1...150 {
      let table = GoldenTable(number)
      let inputs = table.evidence.value
      for positive in 0..<table.classes {
        let own = scores(table, of: positive) { $0 == positive }
        let rest = scores(table, of: positive) { $0 != positive }
        #expect(agree(inputs.rocAUC[positive], won(own, rest)), "table \(number)")
        for other in 0..<table.classes {
          let pair = inputs.rocAUCPairs[positive * table.classes + other]
          let negatives = scores(table, of: positive) { $0 == other }
          #expect(agree(pair, positive == other ? nil : won(own, negatives)), "table \(number)")
        }
      }
    }
  }

  @Test("the area against the rest is the mean over the other classes, weighted by support")
  func decomposition() {
    for number in 1...150 {
      let table = GoldenTable(number)
      let inputs = table.evidence.value
      let support = inputs.confusion.support
      for positive in 0..<table.classes {
        guard let area = inputs.rocAUC[positive] else { continue }
        var (sum, weight) = (0.0, 0)
        for other in 0..<table.classes {
          guard let pair = inputs.rocAUCPairs[positive * table.classes + other] else { continue }
          sum += pair * Double(support[other])
          weight += support[other]
        }
        #expect(close(area, sum / Double(weight), absolute: 1e-12), "table \(number)")
      }
    }
  }

  @Test("average precision lies at or above the value of the worst order, and is 1 for the best")
  func averagePrecision() {
    for number in 1...150 {
      let table = GoldenTable(number)
      let inputs = table.evidence.value
      for (index, value) in inputs.averagePrecision.enumerated() {
        let support = inputs.confusion.support[index]
        #expect((value == nil) == (support == 0))
        guard let value else { continue }
        // All positives last: the k-th of P comes at rank N + k.
        let negatives = table.truths.count - support
        let worst = (1...support).reduce(0.0) { $0 + Double($1) / Double(negatives + $1) }
        #expect(value >= worst / Double(support) - 1e-12, "table \(number)")
        #expect(value <= 1)
        if inputs.rocAUC[index] == 1 { #expect(value == 1) }
      }
    }
  }

  @Test("constant scores: area one half, average precision the prevalence")
  func constant() {
    var accumulator = ScoreAccumulator(classes: 3)
    for truth in [0, 0, 0, 1, 1, 2] {
      accumulator.add(Outcome(truth: truth, probabilities: [0.5, 0.25, 0.25]))
    }
    #expect(accumulator.value.rocAUC == [0.5, 0.5, 0.5])
    #expect(accumulator.value.averagePrecision == [0.5, 2.0 / 6, 1.0 / 6])
    #expect(accumulator.value.rocAUCPairs == [nil, 0.5, 0.5, 0.5, nil, 0.5, 0.5, 0.5, nil])
  }

  @Test("no examples, one class only")
  func limits() {
    #expect(ScoreAccumulator(classes: 2).value.rocAUC == [nil, nil])
    #expect(ScoreAccumulator(classes: 2).value.averagePrecision == [nil, nil])
    var single = ScoreAccumulator(classes: 2)
    single.add(Outcome(truth: 1, probabilities: [0.9, 0.1]))
    #expect(single.value.rocAUC == [nil, nil])
    #expect(single.value.averagePrecision == [nil, 1])
  }

  @Test("NaN, another width and another number of classes trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      var accumulator = ScoreAccumulator(classes: 2)
      accumulator.add(Outcome(truth: 0, predicted: 0, probabilities: [.nan, 0.5]))
      _ = accumulator.value
    }
    await #expect(processExitsWith: .failure) {
      var accumulator = ScoreAccumulator(classes: 2)
      accumulator.add(Outcome(truth: 0, probabilities: [1]))
    }
    await #expect(processExitsWith: .failure) {
      var accumulator = ScoreAccumulator(classes: 2)
      accumulator.merge(ScoreAccumulator(classes: 3))
    }
    await #expect(processExitsWith: .failure) { _ = ScoreAccumulator(classes: 0) }
  }
}
