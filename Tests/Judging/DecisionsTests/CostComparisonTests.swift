import Decisions
import Evaluation
import Files
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Costs of a rule beside those of the most probable class")
struct CostComparisonTests {
  private let classes = ["no", "yes"]

  private func sample(_ count: Int) -> (LabelledProbabilities, decided: [Int], plain: [Int]) {
    var random = RandomKey(seed: 12).source
    let truths = (0..<count).map { _ in random.uniform() < 0.3 ? 1 : 0 }
    let plain = truths.map { random.uniform() < ($0 == 1 ? 0.6 : 0.1) ? 1 : 0 }
    let decided = plain.map { $0 == 1 || random.uniform() < 0.1 ? 1 : 0 }
    let sample = LabelledProbabilities(
      classes: classes, truths: truths, probabilities: truths.flatMap { _ in [0.5, 0.5] })
    return (sample, decided, plain)
  }

  @Test("values are means, and at a prevalence weighted means; intervals have the formula's width")
  func values() throws {
    let (sample, decided, plain) = sample(600)
    let costs = try CostMatrix([[0, 1], [5, 0]], classes: classes)
    let settings = IntervalSettings(resamples: 2000, threads: 1)
    let found = CostComparison(
      costs, on: sample, decided: decided, plain: plain, prevalence: nil, settings: settings)
    let own = zip(sample.truths, decided).map { costs.costs[$0][$1] }
    let mean = own.reduce(0, +) / 600
    #expect(close(found.rule.value ?? .nan, mean, relative: 1e-12))
    let interval = try #require(found.rule.interval)
    let error = (own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 600 / 600).squareRoot()
    #expect(close(interval.high - interval.low, 2 * 1.96 * error, relative: 0.1))
    // What both have in common cancels.
    let (rule, other, difference) = (
      try #require(found.rule.interval), try #require(found.plain.interval),
      try #require(found.difference.interval)
    )
    #expect(
      difference.high - difference.low < 0.7 * (rule.high - rule.low + other.high - other.low))
    #expect(
      close(
        found.difference.value ?? .nan, (found.rule.value ?? 0) - (found.plain.value ?? 0),
        absolute: 1e-12))
    let at = CostComparison(
      costs, on: sample, decided: decided, plain: plain, prevalence: [0.9, 0.1], settings: settings)
    let means = (0..<2).map { index -> Double in
      let rows = sample.truths.indices.filter { sample.truths[$0] == index }
      return rows.reduce(0) { $0 + own[$1] } / Double(rows.count)
    }
    #expect(close(at.rule.value ?? .nan, 0.9 * means[0] + 0.1 * means[1], relative: 1e-12))
  }

  @Test("equal decisions differ by 0 without interval; too few examples have none; it reads back")
  func limits() throws {
    let (sample, decided, plain) = sample(50)
    let costs = CostMatrix(mistakesOf: 2)
    let same = CostComparison(costs, on: sample, decided: plain, plain: plain, prevalence: nil)
    #expect(same.difference.value == 0 && same.difference.interval == nil)
    let few = CostComparison(
      costs, on: sample.selecting(Array(0..<9)), decided: Array(decided.prefix(9)),
      plain: Array(plain.prefix(9)), prevalence: nil)
    #expect(few.rule.value != nil && few.rule.interval == nil)
    let read = try JSONFile.decode(
      CostComparison.self, from: JSONFile.encode(same), name: "costs")
    #expect(read == same)
  }
}
