import Randomness
import Sampling
import TestSupport
import Testing

@Suite struct EpochDrawsTests {
  struct GoldenDraws: Decodable, Sendable {
    var kind: String, counts: [Int], progress: Double, epoch: Int, evenly: Bool
    var positions: [Int], rows: [Int]
  }

  static let key = RandomKey(seed: 7)
  static let weighted: [any ClassWeightedSampler] = [
    ClassBalancedSampler(), SquareRootSampler(), ProgressiveSampler(), PowerSampler(q: 0),
    EffectiveNumberSampler(beta: 0.99),
  ]

  static func draws(
    _ sampler: any ClassWeightedSampler, _ counts: [Int], epoch: Int = 0, evenly: Bool = false
  ) throws -> EpochDraws {
    EpochDraws(
      sampler, classes: try ClassCounts(counts), progress: 0.5, epoch: epoch, key: key,
      evenly: evenly)
  }

  static func uniform(_ counts: [Int], epoch: Int = 0) throws -> EpochDraws {
    EpochDraws(UniformSampler(), classes: try ClassCounts(counts), epoch: epoch, key: key)
  }

  @Test func golden() throws {
    for golden in try Golden.load("Sampling/epoch_draws.json", as: [GoldenDraws].self) {
      let classes = try ClassCounts(golden.counts)
      let sampler: any ClassWeightedSampler =
        switch golden.kind {
        case "balanced": ClassBalancedSampler()
        case "square_root": SquareRootSampler()
        default: ProgressiveSampler()
        }
      let draws =
        golden.kind == "uniform"
        ? EpochDraws(UniformSampler(), classes: classes, epoch: golden.epoch, key: Self.key)
        : EpochDraws(
          sampler, classes: classes, progress: golden.progress, epoch: golden.epoch,
          key: Self.key, evenly: golden.evenly)
      #expect(
        golden.positions.map { draws.row(at: $0) } == golden.rows,
        "\(golden.kind), \(golden.counts), \(golden.evenly)")
    }
  }

  /// A million draws from 10⁸ rows, the smallest class of 6: each class within 4.5 standard deviations.
  @Test(arguments: weighted, [false, true])
  func followsTheDistribution(sampler: any ClassWeightedSampler, evenly: Bool) throws {
    let counts = [6, 994, 99_000, 9_900_000, 90_000_000]
    let draws = try Self.draws(sampler, counts, evenly: evenly)
    var seen = counts.map { _ in 0.0 }
    let n = 1_000_000
    for position in 0..<n { seen[draws.label(of: draws.row(at: position))] += 1 }
    let expected = sampler.distribution(for: try ClassCounts(counts), progress: 0.5)
    for (label, p) in expected.enumerated() where p * Double(n) > 10 {
      let deviation = (Double(n) * p * (1 - p)).squareRoot()
      #expect(abs(seen[label] - Double(n) * p) < 4.5 * deviation, "class \(label)")
    }
  }

  /// Every row of the class of 6 is as likely: χ² with 5 degrees of freedom, 20.5 at one in a thousand.
  @Test func everyRowOfARareClass() throws {
    let draws = try Self.draws(ClassBalancedSampler(), [6, 99_999_994])
    var seen = [Double](repeating: 0, count: 6)
    for position in 0..<600_000 {
      let row = draws.row(at: position)
      if row < 6 { seen[row] += 1 }
    }
    let expected = seen.reduce(0, +) / 6
    #expect(seen.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 20.5)
  }

  /// Of 2⁴⁰ rows each sixteenth is drawn as often (χ² with 15 degrees of freedom, 37.7 at one in a thousand), odd rows are
  /// half, and nearly none lie below 2²⁴ or 2³².
  @Test(arguments: [false, true]) func beyondAnyFloat(isUniform: Bool) throws {
    let counts = [1 << 39, (1 << 39) - 6, 6]
    let draws =
      try isUniform ? Self.uniform(counts) : Self.draws(PowerSampler(q: 0), counts)
    var (parts, odd, below32) = ([Double](repeating: 0, count: 16), 0.0, 0.0)
    let n = 400_000
    for position in 0..<n {
      let row = draws.row(at: position)
      parts[row >> 36] += 1
      odd += Double(row & 1)
      below32 += row < 1 << 32 ? 1 : 0
    }
    let expected = Double(n) / 16
    #expect(parts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 37.7)
    #expect(abs(odd - Double(n) / 2) < 4 * (Double(n) / 4).squareRoot())
    #expect(abs(below32 - Double(n) / 256) < 4 * (Double(n) / 256).squareRoot())
  }

  /// Classes of neighbouring positions, 16 pairs of 4; χ² with 15 degrees of freedom, 37.7 at one in a thousand.
  @Test(arguments: [false, true], [1, 2, 64]) func neighboursAreUnrelated(
    evenly: Bool, step: Int
  ) throws {
    let draws = try Self.draws(
      ClassBalancedSampler(), [40_000_000, 6, 1000, 60_000_000], evenly: evenly)
    var pairs = [Double](repeating: 0, count: 16)
    let n = 200_000
    for position in 0..<n {
      let (a, b) = (draws.row(at: 2 * position * step), draws.row(at: (2 * position + 1) * step))
      pairs[draws.label(of: a) * 4 + draws.label(of: b)] += 1
    }
    let expected = Double(n) / 16
    #expect(pairs.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 37.7)
  }

  @Test func uniformSeesEveryRowOnce() throws {
    let draws = try Self.uniform([90, 900, 9])
    let rows = (0..<draws.count).map { draws.row(at: $0) }
    #expect(rows.sorted() == Array(0..<999) && rows != Array(0..<999))
  }

  /// Evenly each class has N · P(c) positions, rounded up or down, and its rows are drawn equally often but for one.
  @Test(arguments: weighted) func epochsAreEven(sampler: any ClassWeightedSampler) throws {
    let counts = [6, 50, 700, 9244]
    let p = sampler.distribution(for: try ClassCounts(counts), progress: 0.5)
    var places = counts.map { _ in 0.0 }
    for epoch in 0..<40 {
      let draws = try Self.draws(sampler, counts, epoch: epoch, evenly: true)
      var seen = [Int](repeating: 0, count: draws.count)
      for position in 0..<draws.count { seen[draws.row(at: position)] += 1 }
      var start = 0
      for (label, count) in counts.enumerated() {
        let times = seen[start..<start + count]
        #expect((times.max() ?? 0) - (times.min() ?? 0) <= 1)
        let sum = Double(times.reduce(0, +))
        #expect(abs(sum - 10_000 * p[label]) < 1.000_001)
        places[label] += sum
        start += count
      }
    }
    // The offset is drawn anew each epoch, so the rounding has a standard deviation of at most ½.
    for (sum, share) in zip(places, p) { #expect(abs(sum / 40 - 10_000 * share) < 4 * 0.5 / 6.3) }
  }

  /// Over an epoch, not in its course: a class may give a row again before it has given all.
  @Test func evenDrawsComeInAnyOrder() throws {
    var repeats = 0
    for epoch in 0..<200 {
      let draws = try Self.draws(ClassBalancedSampler(), [6, 600], epoch: epoch, evenly: true)
      let rare = (0..<draws.count).lazy.map { draws.row(at: $0) }.filter { $0 < 6 }.prefix(2)
      repeats += Set(rare).count == 1 ? 1 : 0
    }
    // A sixth, less one in fifty turns: 33 of 200 with a standard deviation of 5.
    #expect((13...53).contains(repeats), "\(repeats)")
  }

  @Test func oneClass() throws {
    for n in [1, 2, 5, 700] {
      for evenly in [false, true] {
        let draws = try Self.draws(ClassBalancedSampler(), [n], evenly: evenly)
        let rows = (0..<n).map { draws.row(at: $0) }
        #expect(rows.allSatisfy { (0..<n).contains($0) && draws.label(of: $0) == 0 })
        if evenly { #expect(rows.sorted() == Array(0..<n)) }
      }
      let draws = try Self.uniform([n])
      #expect((0..<n).map { draws.row(at: $0) }.sorted() == Array(0..<n))
    }
  }

  @Test func epochsDiffer() throws {
    for evenly in [false, true] {
      let epochs = try (0..<3).map { epoch in
        let draws = try Self.draws(
          SquareRootSampler(), [900, 90, 9], epoch: epoch % 2, evenly: evenly)
        return (0..<draws.count).map { draws.row(at: $0) }
      }
      #expect(epochs[0] == epochs[2] && epochs[0] != epochs[1])
    }
    #expect(
      try Self.uniform([900], epoch: 0).row(at: 0) != Self.uniform([900], epoch: 1).row(at: 0))
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = try EpochDrawsTests.uniform([3, 4]).row(at: 7)
    }
  }
}
