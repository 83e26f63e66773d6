import Randomness
import Sampling
import TestSupport
import Testing

/// The contract of every sampler, swept over all of them.
@Suite struct SamplerTests {
  static let all: [any Sampler] = [
    UniformSampler(), PowerSampler(q: 0), PowerSampler(q: 0.3), PowerSampler(q: 1.5),
    ClassBalancedSampler(), SquareRootSampler(), ProgressiveSampler(),
    EffectiveNumberSampler(beta: 0.99), OverSampler(), UnderSampler(), UnderSampler(renews: true),
    UnderSampler().keyed(by: RandomKey(seed: 3)),
    RepeatFactorSampler(threshold: 0.3), ClassAwareSampler(), ClassAwareSampler(each: 3),
  ]

  struct GoldenSet: Decodable, Sendable {
    var name: String, counts: [Int], rules: [String: [Double]]
  }

  static func labels(_ counts: [Int]) -> [Int] {
    counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
  }

  static func drawn(
    _ sampler: any Sampler, _ labels: [Int], _ classes: ClassCounts, progress: Double = 0,
    seed: UInt64 = 1
  ) -> [Int] {
    var source = RandomSource(seed: seed)
    return sampler.indices(for: labels, classes: classes, progress: progress, using: &source)
  }

  /// Classes in the given shares, whatever the data have: 10⁵ draws within 1 %.
  @Test func givenShares() throws {
    let (counts, asked) = ([900, 90, 10], [1.0, 3, 4])
    let sampler = ShareSampler(asked)
    let classes = try ClassCounts(counts)
    #expect(
      difference(sampler.distribution(for: classes, progress: 0), [0.125, 0.375, 0.5]) == nil)
    let labels = Self.labels(counts)
    var drawn = [0.0, 0, 0]
    for seed in 0..<100 as Range<UInt64> {
      for index in Self.drawn(sampler, labels, classes, seed: seed) { drawn[labels[index]] += 1e-5 }
    }
    #expect(difference(drawn, [0.125, 0.375, 0.5], absolute: 0.01) == nil)
  }

  @Test(arguments: all)
  func drawsOneEpoch(sampler: any Sampler) throws {
    for counts in [[90, 9, 1], [1, 1], [7], [2, 300]] {
      let (labels, classes) = (Self.labels(counts), try ClassCounts(counts))
      for progress in [0, 0.5, 1] {
        let indices = Self.drawn(sampler, labels, classes, progress: progress)
        #expect(indices.count == labels.count)
        #expect(indices.allSatisfy(labels.indices.contains))
        let p = sampler.distribution(for: classes, progress: progress)
        #expect(p.count == counts.count && p.allSatisfy { $0 > 0 })
        #expect(close(p.reduce(0, +), 1))
      }
    }
  }

  @Test(arguments: all)
  func sameSeedSameEpoch(sampler: any Sampler) throws {
    let (labels, classes) = (Self.labels([90, 9, 1]), try ClassCounts([90, 9, 1]))
    let epoch = Self.drawn(sampler, labels, classes, progress: 0.5)
    #expect(epoch == Self.drawn(sampler, labels, classes, progress: 0.5))
    #expect(epoch != Self.drawn(sampler, labels, classes, progress: 0.5, seed: 2))
  }

  /// Pearson's χ² of 100 epochs with 3 degrees of freedom; 25.9 is exceeded once in a hundred
  /// thousand seeds.
  @Test(arguments: all, [0, 0.5, 1])
  func followsItsDistribution(sampler: any Sampler, progress: Double) throws {
    let counts = [300, 60, 30, 10]
    let (labels, classes) = (Self.labels(counts), try ClassCounts(counts))
    var source = RandomSource(seed: 5)
    var seen = counts.map { _ in 0.0 }
    for _ in 0..<100 {
      let epoch = sampler.indices(
        for: labels, classes: classes, progress: progress, using: &source)
      for index in epoch { seen[labels[index]] += 1 }
    }
    let expected = sampler.distribution(for: classes, progress: progress).map { $0 * 40_000 }
    let statistic = zip(seen, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    #expect(statistic < 25.9)
  }

  /// Swapping two classes swaps their probabilities and nothing else.
  @Test(arguments: all)
  func classesHaveNoOrder(sampler: any Sampler) throws {
    let forward = sampler.distribution(for: try ClassCounts([90, 9, 1]), progress: 0.3)
    let backward = sampler.distribution(for: try ClassCounts([1, 9, 90]), progress: 0.3)
    #expect(difference(forward.reversed(), backward) == nil)
  }

  @Test func goldenDistributions() throws {
    for golden in try Golden.load("Sampling/distributions.json", as: [GoldenSet].self) {
      let classes = try ClassCounts(golden.counts)
      for (rule, expected) in golden.rules {
        let parts = rule.split(separator: " ")
        let parameter = parts.count > 1 ? Double(parts[1]) ?? .nan : 0
        let found =
          switch parts[0] {
          case "uniform": UniformSampler().distribution(for: classes, progress: 0)
          case "power": PowerSampler(q: parameter).distribution(for: classes, progress: 0)
          case "effective":
            EffectiveNumberSampler(beta: parameter).distribution(for: classes, progress: 0)
          case "repeat":
            RepeatFactorSampler(threshold: parameter).distribution(for: classes, progress: 0)
          default: ProgressiveSampler().distribution(for: classes, progress: parameter / 3)
          }
        #expect(difference(found, expected, relative: 1e-9) == nil, "\(golden.name), \(rule)")
      }
    }
  }

  @Test func uniformSeesEveryExampleOnce() throws {
    let labels = Self.labels([90, 9, 1])
    let epoch = Self.drawn(UniformSampler(), labels, try ClassCounts([90, 9, 1]))
    #expect(epoch.sorted() == Array(labels.indices))
    #expect(epoch != Array(labels.indices))
  }

  @Test func namedPowers() throws {
    let classes = try ClassCounts([100, 25, 4])
    #expect(
      difference(
        ClassBalancedSampler().distribution(for: classes, progress: 0), [1.0 / 3, 1.0 / 3, 1.0 / 3])
        == nil)
    #expect(
      difference(
        SquareRootSampler().distribution(for: classes, progress: 0),
        [10.0 / 17, 5.0 / 17, 2.0 / 17]) == nil)
    #expect(
      difference(PowerSampler(q: 0).distribution(for: classes, progress: 0), classes.priors) == nil)
  }

  @Test func progressiveEndsBalanced() throws {
    let classes = try ClassCounts([98, 2])
    let sampler = ProgressiveSampler()
    #expect(sampler.distribution(for: classes, progress: 0) == classes.priors)
    #expect(sampler.distribution(for: classes, progress: 1) == [0.5, 0.5])
    #expect(sampler.distribution(for: classes, progress: 7) == [0.5, 0.5])
  }

  /// Members of a class are equally likely wherever they stand.
  @Test func everyMemberIsAsLikely() throws {
    let labels = [1, 0, 0, 1, 0, 0, 1, 0]
    let classes = try ClassCounts(labels: labels, classes: 2)
    var source = RandomSource(seed: 6)
    var seen = labels.map { _ in 0.0 }
    for _ in 0..<3000 {
      let epoch = ClassBalancedSampler().indices(
        for: labels, classes: classes, progress: 0, using: &source)
      for index in epoch { seen[index] += 1 }
    }
    for (label, count) in zip(labels, seen) {
      #expect(close(count, label == 0 ? 2400 : 4000, relative: 0.08))
    }
  }

  @Test func countsMustBeOfTheLabels() async {
    await #expect(processExitsWith: .failure) {
      _ = SamplerTests.drawn(ClassBalancedSampler(), [0, 1], try ClassCounts([2, 1]))
    }
    await #expect(processExitsWith: .failure) {
      _ = SamplerTests.drawn(ClassBalancedSampler(), [0, 1, 1], try ClassCounts([2, 1]))
    }
  }

  /// Set-up and draws are linear in N: this takes a fraction of a second, not minutes.
  @Test func aMillionExamples() throws {
    let counts = [900_000, 90_000, 9_999, 1]
    let (labels, classes) = (Self.labels(counts), try ClassCounts(counts))
    let epoch = Self.drawn(ClassBalancedSampler(), labels, classes)
    let rarest = epoch.count { $0 == 999_999 }
    #expect(abs(Double(rarest) - 250_000) < 4 * (1e6 * 0.25 * 0.75).squareRoot())
  }
}
