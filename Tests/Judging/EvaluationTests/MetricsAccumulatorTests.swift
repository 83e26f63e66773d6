import Evaluation
import Randomness
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("MetricsAccumulator and what it amounts to")
struct MetricsAccumulatorTests {
  @Test("any number of parts, merged in any order, gives the same inputs")
  func merged() {
    for number in 1...60 {
      let table = GoldenTable(number)
      var random = RandomKey(seed: UInt64(number)).folding("parts").source
      let count = 1 + random.below(9)
      var parts = (0..<count).map { _ in MetricsAccumulator(classes: table.classes) }
      for outcome in table.outcomes { parts[random.below(count)].add(outcome) }
      var merged = MetricsAccumulator(classes: table.classes)
      for part in random.shuffle(count) { merged.merge(parts[part]) }
      let (one, other) = (merged.value, table.evidence.value)
      #expect(one.confusion == other.confusion)
      #expect(one.rocAUC == other.rocAUC)
      #expect(one.rocAUCPairs == other.rocAUCPairs)
      #expect(one.averagePrecision == other.averagePrecision)
      #expect(one.logLoss?.bitPattern == other.logLoss?.bitPattern)
      #expect(one.brier?.bitPattern == other.brier?.bitPattern)
      #expect(one.calibrationError?.bitPattern == other.calibrationError?.bitPattern)
      #expect(one.classCalibrationError == other.classCalibrationError)
      #expect(one.ranks == other.ranks)
    }
  }

  @Test("merging nothing changes nothing")
  func nothing() {
    var evidence = GoldenTable(3).evidence
    let before = evidence.value
    evidence.merge(MetricsAccumulator(classes: before.classes))
    for metric in Metric.catalogue { #expect(metric(evidence.value) == metric(before)) }
  }

  @Test("log loss is the mean of −ln p, clipped")
  func logLoss() {
    for number in 1...100 {
      let table = GoldenTable(number)
      let losses = table.outcomes.map { outcome in
        let p = outcome.probabilities[outcome.probabilities.startIndex + outcome.truth]
        return -log(min(max(p, 0x1p-52), 1 - 0x1p-52))
      }
      let mean = losses.reduce(0, +) / Double(losses.count)
      #expect(close(table.evidence.value.logLoss ?? -1, mean, relative: 1e-12, absolute: 1e-15))
    }
  }

  @Test("evidence of another number of classes traps")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      var evidence = MetricsAccumulator(classes: 2)
      evidence.merge(MetricsAccumulator(classes: 3))
    }
    await #expect(processExitsWith: .failure) { _ = MetricsAccumulator(classes: 0) }
    await #expect(processExitsWith: .failure) {
      var evidence = MetricsAccumulator(classes: 2)
      evidence.add(Outcome(truth: 0, probabilities: [1]))
    }
  }

  @Test("inputs whose lists do not fit trap")
  func lists() async {
    await #expect(processExitsWith: .failure) {
      _ = MetricInputs(
        confusion: ConfusionMatrix(classes: 2), rocAUC: [nil], rocAUCPairs: [nil, nil, nil, nil],
        averagePrecision: [nil, nil], logLoss: nil, brier: nil, calibrationError: nil,
        classCalibrationError: [nil, nil], ranks: TruthRank(classes: 2))
    }
    await #expect(processExitsWith: .failure) {
      _ = MetricInputs(
        confusion: ConfusionMatrix(classes: 2), rocAUC: [nil, nil], rocAUCPairs: [nil],
        averagePrecision: [nil, nil], logLoss: nil, brier: nil, calibrationError: nil,
        classCalibrationError: [nil, nil], ranks: TruthRank(classes: 2))
    }
    await #expect(processExitsWith: .failure) {
      _ = ConfusionMatrix(classes: 2, counts: [1, 2, 3])
    }
  }
}
