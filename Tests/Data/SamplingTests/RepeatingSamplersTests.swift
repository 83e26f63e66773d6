import Randomness
import Sampling
import TestSupport
import Testing

/// Samplers that repeat, leave out or arrange examples: what no class-wise distribution tells.
@Suite struct RepeatingSamplersTests {
  private let counts = [40, 12, 5]
  private var labels: [Int] { SamplerTests.labels(counts) }

  private func drawn(_ sampler: any Sampler, seed: UInt64 = 1) throws -> [Int] {
    SamplerTests.drawn(sampler, labels, try ClassCounts(counts), seed: seed)
  }

  private func times(_ indices: [Int]) -> [Int: Int] {
    indices.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// No example of the commonest class twice, of a rarer one no more than ⌈n_max / n_c⌉ times.
  @Test func overSampling() throws {
    let times = times(try drawn(OverSampler()))
    for (index, count) in times {
      let most = (40 + counts[labels[index]] - 1) / counts[labels[index]]
      #expect(count <= most, "\(index)")
    }
  }

  /// Of two classes where one has all but one example, the epoch is half of each, as even as it can be.
  @Test func overSamplingCopiesTheRarest() throws {
    let labels = SamplerTests.labels([9, 1])
    let epoch = SamplerTests.drawn(OverSampler(), labels, try ClassCounts([9, 1]), seed: 3)
    #expect(Set(epoch.filter { $0 < 9 }).count == epoch.count { $0 < 9 })
    #expect(epoch.count { $0 == 9 } >= 1 && epoch.count == 10)
  }

  /// Five of each class, the same five whatever the seed, each as often as the others.
  @Test func underSampling() throws {
    let times = times(try drawn(UnderSampler()))
    for label in counts.indices {
      #expect(times.keys.count { labels[$0] == label } == 5)
    }
    #expect((times.values.max() ?? 0) - (times.values.min() ?? 0) <= 1)
    let (one, two) = (try drawn(UnderSampler()), try drawn(UnderSampler(), seed: 2))
    #expect(Set(one) == Set(two) && one != two)
  }

  /// Of a run the rows are those of its key, in every epoch the same.
  @Test func underSamplingFollowsTheKey() throws {
    func rows(_ key: UInt64, _ seed: UInt64) throws -> Set<Int> {
      Set(try drawn(UnderSampler().keyed(by: RandomKey(seed: key)), seed: seed))
    }
    #expect(try rows(5, 1) == rows(5, 2))
    #expect(try rows(5, 1) != rows(6, 1))
    #expect(try rows(0, 1) == Set(try drawn(UnderSampler())))
    #expect(UniformSampler().keyed(by: RandomKey(seed: 1)) is UniformSampler)
  }

  /// Drawn anew, other examples come in time, and each pass is still balanced.
  @Test func underSamplingThatRenews() throws {
    let epoch = try drawn(UnderSampler(renews: true))
    #expect(Set(epoch).count { labels[$0] == 0 } > 5)
    for start in stride(from: 0, to: 45, by: 15) {
      let pass = epoch[start..<start + 15]
      #expect(Set(pass).count == 15)
      #expect(counts.indices.allSatisfy { c in pass.count { labels[$0] == c } == 5 })
    }
  }

  /// Where no class is rarer than the threshold, every example once.
  @Test func repeatFactorOne() throws {
    let epoch = try drawn(RepeatFactorSampler(threshold: 5.0 / 57))
    #expect(epoch.sorted() == Array(labels.indices))
    let factors = RepeatFactorSampler(threshold: 4.0 / 57).factors(
      for: try ClassCounts([48, 8, 1]))
    #expect(factors == [1, 1, 2])
  }

  /// An example is repeated ⌊r⌋ or ⌈r⌉ times; those of the commonest class once at most.
  @Test func repeatFactorRounds() throws {
    let sampler = RepeatFactorSampler(threshold: 0.5)
    let factors = sampler.factors(for: try ClassCounts(counts))
    for (index, count) in times(try drawn(sampler)) {
      #expect(Double(count) <= factors[labels[index]].rounded(.up), "\(index)")
    }
    #expect(factors[0] == 1 && factors[1] < factors[2])
  }

  /// Each window of k · C rows has k of each class; no example twice before all of its class came.
  @Test(arguments: [1, 4]) func classAware(each: Int) throws {
    let epoch = try drawn(ClassAwareSampler(each: each))
    let round = 3 * each
    for start in stride(from: 0, through: epoch.count - round, by: round) {
      let window = epoch[start..<start + round]
      #expect(counts.indices.allSatisfy { c in window.count { labels[$0] == c } == each })
    }
    let rare = epoch.filter { labels[$0] == 2 }
    for start in stride(from: 0, through: rare.count - 5, by: 5) {
      #expect(Set(rare[start..<start + 5]).count == 5)
    }
  }

  @Test func limitsOfTheEffectiveNumber() throws {
    let classes = try ClassCounts(counts)
    func share(_ beta: Double) -> [Double] {
      EffectiveNumberSampler(beta: beta).distribution(for: classes, progress: 0)
    }
    #expect(difference(share(0), classes.priors) == nil)
    #expect(difference(share(1 - 1e-9), [1.0 / 3, 1.0 / 3, 1.0 / 3], relative: 1e-6) == nil)
    #expect(share(0.9)[2] > share(0.5)[2] && share(0.5)[2] > classes.priors[2])
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = EffectiveNumberSampler(beta: 1) }
    await #expect(processExitsWith: .failure) { _ = RepeatFactorSampler(threshold: 0) }
    await #expect(processExitsWith: .failure) { _ = ClassAwareSampler(each: 0) }
    await #expect(processExitsWith: .failure) {
      _ = SamplerTests.drawn(OverSampler(), [0, 1], try ClassCounts([2, 1]))
    }
  }
}
