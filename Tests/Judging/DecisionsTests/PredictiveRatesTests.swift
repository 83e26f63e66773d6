import Decisions
import Evaluation
import Randomness
import TestSupport
import Testing

/// Predictive values of examples as they come, and rates weighted by a prevalence, against counting.
@Suite("Predictive values and weighted rates by counting")
struct PredictiveRatesTests {
  private func table(_ seed: UInt64) -> (sample: LabelledProbabilities, decisions: [Int]) {
    var random = RandomKey(seed: seed).source
    let truths = (0..<60).map { _ in min(2, random.below(5)) }
    let decisions = truths.map { random.below(3) == 0 ? random.below(3) : $0 }
    return (
      LabelledProbabilities(
        classes: ["a", "b", "c"], truths: truths,
        probabilities: truths.flatMap { _ in [0.5, 0.25, 0.25] }), decisions
    )
  }

  @Test(
    "at the prevalence of the examples they are plain rates with Wilson's interval",
    arguments: 1...10)
  func sampled(seed: UInt64) {
    let (sample, decisions) = table(seed)
    for (c, found) in PredictiveValues.sampled(sample, decisions: decisions).enumerated() {
      let said = decisions.indices.filter { decisions[$0] == c }
      let right = said.count { sample.truths[$0] == c }
      #expect(found.positive == (said.isEmpty ? nil : Double(right) / Double(said.count)))
      #expect(found.positiveInterval == Interval.wilson(right, of: said.count))
      let others = decisions.indices.filter { decisions[$0] != c }
      let clear = others.count { sample.truths[$0] != c }
      #expect(found.negative == (others.isEmpty ? nil : Double(clear) / Double(others.count)))
      #expect(found.negativeInterval == Interval.wilson(clear, of: others.count))
      #expect(found.prevalence == sample.prior[c] && found.name == sample.classes[c])
    }
  }

  @Test("Bayes' rule at the examples' own prevalence gives the same values", arguments: 1...10)
  func bayes(seed: UInt64) throws {
    let (sample, decisions) = table(seed)
    let own = try PredictiveValues.all(sample, decisions: decisions, prevalence: sample.prior)
    for (one, other) in zip(own, PredictiveValues.sampled(sample, decisions: decisions)) {
      #expect(close(one.positive ?? -1, other.positive ?? -1, relative: 1e-12))
      #expect(close(one.negative ?? -1, other.negative ?? -1, relative: 1e-12))
    }
    // From counts as from examples.
    var confusion = ConfusionMatrix(classes: 3)
    for (truth, decided) in zip(sample.truths, decisions) {
      confusion.add(truth: truth, predicted: decided)
    }
    let counted = try PredictiveValues.all(
      confusion, classes: sample.classes, prevalence: sample.prior)
    #expect(counted == own)
  }

  @Test("at any prevalence the value of the examples repeated until they have it", arguments: 1...5)
  func repeated(seed: UInt64) throws {
    let (sample, decisions) = table(seed)
    // Class c three times as often as it comes, b twice.
    let times = [1, 2, 3]
    let rows = sample.truths.indices.flatMap { row in
      [Int](repeating: row, count: times[sample.truths[row]])
    }
    let weights = zip(sample.counts, times).map { Double($0 * $1) }
    let prevalence = weights.map { $0 / weights.reduce(0, +) }
    let found = try PredictiveValues.all(sample, decisions: decisions, prevalence: prevalence)
    let flags = decisions.map { $0 == 2 }
    let rate = WeightedRate(flags, truths: sample.truths, prevalence: prevalence)
    #expect(
      close(
        try #require(rate.value), Double(rows.count { flags[$0] }) / Double(rows.count),
        relative: 1e-12))
    for (c, value) in found.enumerated() {
      let said = rows.filter { decisions[$0] == c }
      let right = said.count { sample.truths[$0] == c }
      #expect(
        close(value.positive ?? -1, Double(right) / Double(said.count), relative: 1e-12), "\(c)")
    }
  }

  @Test(
    "a class of the prevalence without an example leaves the rate undefined; one of share 0 does not"
  )
  func absent() throws {
    let flags = [true, false, true]
    #expect(WeightedRate(flags, truths: [0, 0, 1], prevalence: [0.5, 0.25, 0.25]).value == nil)
    #expect(WeightedRate(flags, truths: [0, 0, 1], prevalence: [0.5, 0.25, 0.25]).interval == nil)
    let found = WeightedRate(flags, truths: [0, 0, 1], prevalence: [0.5, 0.5, 0])
    #expect(found.value == 0.75)
    let interval = try #require(found.interval)
    #expect(interval.low >= 0 && interval.low < 0.75 && interval.high <= 1 && interval.high > 0.75)
  }
}
