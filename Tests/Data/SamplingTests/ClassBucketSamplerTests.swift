import Randomness
import Sampling
import TestSupport
import Testing

/// Rounds by a recipe of classes put together.
@Suite struct ClassBucketSamplerTests {
  private let labels = SamplerTests.labels([40, 12, 5])
  private let sampler = ClassBucketSampler([0, 1, 1], each: [1, 3])

  /// Every round has its recipe; what is drawn is ``BucketSampler``'s of the same examples, and what is expected its own.
  @Test func theSameAsBucketsOfExamples() throws {
    let classes = try ClassCounts([40, 12, 5])
    let examples = BucketSampler(
      labels.map { $0 == 0 ? 0 : 1 }, each: [1, 3], labels: labels, classes: classes)
    let epoch = SamplerTests.drawn(sampler, labels, classes, seed: 3)
    #expect(epoch == SamplerTests.drawn(examples, labels, classes, seed: 3))
    for start in stride(from: 0, to: 56, by: 4) {
      #expect(epoch[start..<start + 4].count { labels[$0] == 0 } == 1)
    }
    let expected = [0.25, 0.75 * 12 / 17, 0.75 * 5 / 17]
    #expect(difference(sampler.distribution(for: classes, progress: 0.5), expected) == nil)
  }

  /// One bucket of all is the shares of the data; a bucket for each class every class alike.
  @Test func limits() throws {
    let classes = try ClassCounts([40, 12, 5])
    let one = ClassBucketSampler([0, 0, 0], each: [7]).distribution(for: classes, progress: 0)
    #expect(difference(one, classes.priors) == nil)
    let each = ClassBucketSampler([0, 1, 2], each: [1, 1, 1])
      .distribution(for: classes, progress: 0)
    #expect(difference(each, [1.0 / 3, 1.0 / 3, 1.0 / 3]) == nil)
  }

  @Test func whatIsOutOfRangeStopsTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = ClassBucketSampler([0, 2], each: [1, 1, 1]) }
    await #expect(processExitsWith: .failure) { _ = ClassBucketSampler([0, 1], each: [1, 0]) }
  }
}
