import Evaluation
import Randomness
import Testing

@Suite("Every accumulator is exact under any split and order")
struct AccumulatorTests {
  /// Sweeps the contract over one kind of accumulator.
  private func sweep<T: Accumulator>(
    _ name: String, _ empty: (Int) -> T, _ text: (T.Value) -> String
  ) {
    for number in 1...40 {
      let table = GoldenTable(number)
      var whole = empty(table.classes)
      for outcome in table.outcomes { whole.add(outcome) }
      var random = RandomKey(seed: UInt64(number)).folding(name).source
      for _ in 0..<3 {
        var parts = (0..<4).map { _ in empty(table.classes) }
        for index in random.shuffle(table.truths.count) {
          parts[random.below(4)].add(table.outcomes[index])
        }
        var merged = empty(table.classes)
        for part in random.shuffle(4) { merged.merge(parts[part]) }
        #expect(text(merged.value) == text(whole.value), "\(name), table \(number)")
      }
    }
  }

  @Test func confusionMatrix() {
    sweep("confusion", ConfusionMatrix.init(classes:)) { "\($0.counts)" }
  }
  @Test func scores() { sweep("scores", ScoreAccumulator.init(classes:)) { "\($0)" } }
  @Test func logLoss() { sweep("loss", { _ in LogLoss() }) { "\($0?.bitPattern ?? 0)" } }
  @Test func ranks() { sweep("ranks", TruthRank.init(classes:)) { "\($0)" } }
  @Test func brier() { sweep("brier", { _ in BrierScore() }) { "\($0?.bitPattern ?? 0)" } }
  @Test func calibration() {
    sweep("calibration", CalibrationAccumulator.init(classes:)) { errors in
      "\(([errors.top] + errors.classes).map { $0?.bitPattern ?? 0 })"
    }
  }
  @Test func evidence() {
    sweep("evidence", MetricsAccumulator.init(classes:)) { inputs in
      "\(Metric.catalogue.map { $0(inputs) })"
    }
  }

  @Test("an outcome without a decision takes the first of the most probable")
  func firstOfEquals() {
    #expect(Outcome(truth: 0, probabilities: [0.2, 0.4, 0.4]).predicted == 1)
    #expect(Outcome(truth: 0, probabilities: [9, 0.1, 0.9][1...]).predicted == 1)
  }

  @Test("an outcome outside the classes traps")
  func outside() async {
    await #expect(processExitsWith: .failure) { _ = Outcome(truth: 2, probabilities: [0.5, 0.5]) }
    await #expect(processExitsWith: .failure) {
      _ = Outcome(truth: 0, predicted: -1, probabilities: [0.5, 0.5])
    }
  }

  @Test("top-1 accuracy is the accuracy, also with ties")
  func topOne() {
    for number in 1...200 {
      let table = GoldenTable(number)
      var (ranks, confusion) = (
        TruthRank(classes: table.classes), ConfusionMatrix(classes: table.classes)
      )
      for outcome in table.outcomes {
        ranks.add(outcome)
        confusion.add(Outcome(truth: outcome.truth, probabilities: outcome.probabilities))
      }
      #expect(ranks.accuracy(top: 1) == confusion.accuracy)
      #expect(ranks.accuracy(top: table.classes) == 1)
    }
  }

  @Test("a confident mistake costs 36.04 nats, not infinity")
  func clipped() {
    var loss = LogLoss()
    #expect(loss.value == nil)
    loss.add(Outcome(truth: 1, probabilities: [1, 0]))
    #expect(abs((loss.value ?? 0) - 36.04365338911715) < 1e-12)
  }
}
