import Randomness
import Sampling
import TestSupport
import Testing

/// Batches by a recipe of buckets, and bins of difficulty.
@Suite struct BucketSamplerTests {
  private let labels = SamplerTests.labels([40, 12, 5])

  private func drawn(_ sampler: BucketSampler, seed: UInt64 = 1) throws -> [Int] {
    SamplerTests.drawn(sampler, labels, try ClassCounts([40, 12, 5]), seed: seed)
  }

  /// 4 : 1 : 1, in every round exactly, also of a bucket of fewer examples than a round has of it.
  @Test func everyRoundHasItsRecipe() throws {
    var buckets = labels
    buckets[0] = 3
    let sampler = BucketSampler(
      buckets, each: [4, 1, 1, 2], labels: labels, classes: try ClassCounts([40, 12, 5]))
    let epoch = try drawn(sampler)
    #expect(epoch.count == 57)
    for start in stride(from: 0, to: 56, by: 8) {
      let round = epoch[start..<start + 8].map { buckets[$0] }
      #expect((0..<4).map { bucket in round.count { $0 == bucket } } == [4, 1, 1, 2])
    }
    let inOrder = epoch.prefix(8).map { buckets[$0] }
    #expect(try inOrder != drawn(sampler, seed: 2).prefix(8).map { buckets[$0] })
    #expect(try epoch == drawn(sampler))
  }

  /// Every example of a bucket before one comes again.
  @Test func noneTwiceBeforeEachOnce() throws {
    let sampler = BucketSampler(
      labels, each: [1, 1, 1], labels: labels, classes: try ClassCounts([40, 12, 5]))
    let rare = try drawn(sampler).filter { labels[$0] == 2 }
    #expect(Set(rare.prefix(5)).count == 5 && rare.count == 19)
  }

  @Test func distribution() throws {
    let classes = try ClassCounts([40, 12, 5])
    let buckets = labels.map { $0 == 0 ? 0 : 1 }
    let sampler = BucketSampler(buckets, each: [1, 3], labels: labels, classes: classes)
    let expected = [0.25, 0.75 * 12 / 17, 0.75 * 5 / 17]
    #expect(difference(sampler.distribution(for: classes, progress: 0), expected) == nil)
    var found = [0.0, 0, 0]
    for seed in 0..<400 as Range<UInt64> {
      for index in try drawn(sampler, seed: seed) { found[labels[index]] += 1 / 22_800 }
    }
    #expect(difference(found, expected, absolute: 0.01) == nil)
  }

  /// Edges of five bins of 0…1, as NumPy has them: .38685, .61315, .77371, .89824.
  @Test func binsOfDifficulty() throws {
    let values: [Double?] = [
      0, 0.3868, 0.3869, 0.6131, 0.6132, 0.7737, 0.7738, 0.8982, 0.8983, 1, nil,
    ]
    let labels = values.map { _ in 0 }
    let sampler = BucketSampler.ofDifficulty(
      values, labels: labels, classes: try ClassCounts([11]))
    #expect(sampler.buckets == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, -1])
    // The same of another range.
    let wide = BucketSampler.ofDifficulty(
      values.map { $0.map { 3 + 10 * $0 } }, labels: labels, classes: try ClassCounts([11]))
    #expect(wide.buckets == sampler.buckets)
  }

  /// Every bin as often as the others, however few it holds; one without examples is left out, unknown ones never drawn.
  @Test func binsAreEven() throws {
    let classes = try ClassCounts([40, 12, 5])
    let difficulty: [Double?] = labels.indices.map { $0 == 56 ? nil : $0 < 50 ? 0.1 : 1 }
    let sampler = BucketSampler.ofDifficulty(difficulty, labels: labels, classes: classes)
    #expect(sampler.each == [1, 0, 0, 0, 1])
    let epoch = try drawn(sampler)
    let easy = epoch.count { $0 < 50 }
    #expect(abs(2 * easy - epoch.count) <= 1 && !epoch.contains(56))
    let alike = BucketSampler.ofDifficulty(
      labels.map { _ in 2 }, labels: labels, classes: classes)
    #expect(alike.each == [1, 0, 0, 0, 0])
  }
}
