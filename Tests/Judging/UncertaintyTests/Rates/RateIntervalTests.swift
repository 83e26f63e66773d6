import Evaluation
import Testing
import Uncertainty

@Suite("Intervals of rates, both kinds")
struct RateIntervalTests {
  private func ends(
    _ kind: RateInterval, _ successes: Int, _ trials: Int, level: Double = 0.95
  ) throws -> Interval {
    try #require(kind(successes, of: trials, level: level))
  }

  @Test("one more success moves both ends up", arguments: RateInterval.allCases)
  func monotone(kind: RateInterval) throws {
    for trials in [1, 8, 30] {
      for successes in 0..<trials {
        let (less, more) = (
          try ends(kind, successes, trials), try ends(kind, successes + 1, trials)
        )
        #expect(less.low <= more.low && less.high <= more.high)
      }
    }
  }

  @Test("a higher level holds the lower one", arguments: RateInterval.allCases)
  func nested(kind: RateInterval) throws {
    for (successes, trials) in [(0, 8), (3, 8), (8, 8), (29, 300)] {
      let levels = try [0.5, 0.9, 0.95, 0.99].map { try ends(kind, successes, trials, level: $0) }
      for (inner, outer) in zip(levels, levels.dropFirst()) {
        #expect(outer.low <= inner.low && inner.high <= outer.high)
      }
    }
  }

  @Test("ten times the examples at the same rate narrow it", arguments: RateInterval.allCases)
  func narrower(kind: RateInterval) throws {
    for (successes, trials) in [(0, 8), (3, 8), (8, 8), (15, 30)] {
      let few = try ends(kind, successes, trials)
      let many = try ends(kind, 10 * successes, 10 * trials)
      #expect(many.high - many.low < few.high - few.low)
    }
  }

  @Test("the ends stay in 0…1 and in order", arguments: RateInterval.allCases)
  func bounds(kind: RateInterval) throws {
    for trials in [1, 2, 9, 100, 100_000] {
      for successes in Set([0, 1, trials / 2, trials - 1, trials]) {
        let interval = try ends(kind, successes, trials)
        #expect(interval.low >= 0 && interval.low < interval.high && interval.high <= 1)
      }
    }
  }
}
