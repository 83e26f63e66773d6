import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct DrawTests {
  @Test func goldenUniform() throws {
    var source = RandomSource(seed: 3)
    let golden = try GoldenDraws.load().uniform
    #expect(golden.map { _ in source.uniform() } == golden)
  }

  @Test func goldenNormal() throws {
    var source = RandomSource(seed: 3)
    let golden = try GoldenDraws.load().normal
    #expect(difference(golden.map { _ in source.normal() }, golden) == nil)
  }

  @Test func goldenBelow() throws {
    for golden in try GoldenDraws.load().below {
      var source = RandomSource(seed: 3)
      #expect(golden.values.map { _ in source.below(golden.bound) } == golden.values)
    }
  }

  @Test func goldenShuffle() throws {
    for golden in try GoldenDraws.load().shuffle {
      var source = RandomSource(seed: 3)
      #expect(source.shuffle(golden.n) == golden.order)
    }
  }

  @Test func uniformStaysInRange() {
    var source = RandomSource(seed: 11)
    for _ in 0..<1000 {
      #expect((-3.0...2.5).contains(source.uniform(in: -3...2.5)))
      #expect((0..<1).contains(source.uniform()))
    }
    #expect(source.uniform(in: 4...4) == 4)
  }

  /// Pearson's χ² with 9 degrees of freedom; 27.9 is exceeded once in a thousand seeds.
  @Test func belowIsEven() {
    var source = RandomSource(seed: 12)
    var counts = [Double](repeating: 0, count: 10)
    for _ in 0..<100_000 { counts[source.below(10)] += 1 }
    #expect(counts.reduce(0) { $0 + ($1 - 10_000) * ($1 - 10_000) / 10_000 } < 27.9)
  }

  /// All 24 orders of four things; χ² with 23 degrees of freedom, 49.7 at one in a thousand.
  @Test func everyOrderIsAsLikely() {
    var source = RandomSource(seed: 13)
    var counts: [[Int]: Double] = [:]
    for _ in 0..<48_000 { counts[source.shuffle(4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(counts.values.reduce(0) { $0 + ($1 - 2000) * ($1 - 2000) / 2000 } < 49.7)
  }

  @Test func normalHasUnitMoments() {
    var source = RandomSource(seed: 14)
    let n = 200_000.0
    let draws = (0..<Int(n)).map { _ in source.normal() }
    let moment = { (k: Double) in draws.reduce(0) { $0 + pow($1, k) } / n }
    #expect(abs(moment(1)) < 4 / n.squareRoot())
    #expect(abs(moment(2) - 1) < 4 * (2 / n).squareRoot())
    #expect(abs(moment(3)) < 4 * (15 / n).squareRoot())
    #expect(abs(moment(4) - 3) < 4 * (96 / n).squareRoot())
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      var source = RandomSource(seed: 1)
      _ = source.below(0)
    }
    await #expect(processExitsWith: .failure) {
      var source = RandomSource(seed: 1)
      _ = source.uniform(in: 0...Double.infinity)
    }
  }
}
