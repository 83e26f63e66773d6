import Decisions
import Evaluation
import Randomness
import TestSupport
import Testing

@Suite("Rate at a prevalence")
struct WeightedRateTests {
  /// `hits` flags among `of` examples of each class.
  private func flags(_ hits: [Int], of counts: [Int]) -> (flags: [Bool], truths: [Int]) {
    let rows = counts.enumerated().flatMap { index, count in
      (0..<count).map { ($0 < hits[index], index) }
    }
    return (rows.map(\.0), rows.map(\.1))
  }

  @Test("of one class it is the rate with Wilson's interval, whatever the other class does")
  func oneClass() throws {
    let (flags, truths) = flags([3, 9], of: [8, 9])
    let rate = WeightedRate(flags, truths: truths, prevalence: [1, 0])
    let wilson = try #require(Interval.wilson(3, of: 8))
    #expect(rate.value == 3.0 / 8)
    #expect(close(rate.interval?.low ?? 0, wilson.low))
    #expect(close(rate.interval?.high ?? 0, wilson.high))
  }

  @Test("three classes, computed independently from Zou and Donner's formula")
  func byHand() throws {
    let (flags, truths) = flags([3, 5, 2], of: [40, 10, 4])
    let rate = WeightedRate(flags, truths: truths, prevalence: [0.7, 0.2, 0.1])
    let interval = try #require(rate.interval)
    #expect(close(try #require(rate.value), 0.2025))
    #expect(close(interval.low, 0.13049699793086755) && close(interval.high, 0.30969558923438006))
  }

  @Test("a class that is expected and has no example leaves it undefined")
  func absent() {
    let (flags, truths) = flags([3, 0], of: [8, 0])
    let rate = WeightedRate(flags, truths: truths, prevalence: [0.9, 0.1])
    #expect(rate.value == nil && rate.interval == nil)
  }

  @Test("the interval holds the truth in about 95 of 100 sets, few and many examples")
  func coverage() throws {
    var random = RandomKey(seed: 4).source
    let (rates, prevalence) = ([0.05, 0.6], [0.97, 0.03])
    let truth = zip(rates, prevalence).reduce(0) { $0 + $1.0 * $1.1 }
    for counts in [[30, 8], [300, 30]] {
      var held = 0
      for _ in 0..<2000 {
        let hits = zip(rates, counts).map { rate, count in
          (0..<count).count { _ in random.uniform() < rate }
        }
        let (flags, truths) = flags(hits, of: counts)
        let rate = WeightedRate(flags, truths: truths, prevalence: prevalence)
        let interval = try #require(rate.interval)
        held += interval.low <= truth && truth <= interval.high ? 1 : 0
      }
      #expect((0.93...0.985).contains(Double(held) / 2000), "\(counts): \(held)")
    }
  }
}
