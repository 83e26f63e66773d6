import Batches
import Randomness
import Testing

@Suite struct LengthBucketsTests {
  /// By hand: buckets 1, 2–3, 4–7; the two of 4–7 fill first, then 2–3, then what is left from the shortest on.
  @Test func byHand() {
    let lengths = [1, 4, 2, 5, 3, 7]
    #expect(
      LengthBuckets.ordered([0, 1, 2, 3, 4, 5], lengths: lengths, batchSize: 2) == [
        1, 3, 2, 4, 0, 5,
      ])
  }

  /// Every row of the whole batches once, whatever the lengths.
  @Test func keepsWhatTheSamplerDrew() {
    var source = RandomSource(seed: 1)
    let lengths = (0..<103).map { _ in 1 + source.below(500) }
    let order = (0..<240).map { _ in source.below(103) }
    let found = LengthBuckets.ordered(order, lengths: lengths, batchSize: 16)
    #expect(found.sorted() == order.sorted())
    // 250 rows are 15 batches of 16 and 10 that the sampler drew last.
    let more = order + (0..<10).map { _ in source.below(103) }
    #expect(LengthBuckets.ordered(more, lengths: lengths, batchSize: 16).sorted() == order.sorted())
  }

  /// Less than half of a batch is padding, but for at most as many batches at the end as there are buckets.
  @Test func lessThanHalfIsPadding() {
    var source = RandomSource(seed: 2)
    let lengths = (0..<2_000).map { _ in 1 + source.below(1_000) }
    let order = LengthBuckets.ordered(
      Array(lengths.indices), lengths: lengths, batchSize: 20)
    let batches = stride(from: 0, to: order.count, by: 20).map {
      order[$0..<$0 + 20].map { lengths[$0] }
    }
    let wasted = batches.map { batch in
      1 - Double(batch.reduce(0, +)) / Double(20 * (batch.max() ?? 0))
    }
    #expect(wasted.dropLast(10).allSatisfy { $0 < 0.5 })
    #expect(LengthBuckets.padding(Array(lengths.indices), lengths: lengths, batchSize: 20) < 0.35)
  }

  @Test func equalLengthsKeepTheOrder() {
    let order = [3, 1, 2, 0, 1, 3]
    #expect(
      LengthBuckets.ordered(order, lengths: [9, 9, 9, 9], batchSize: 2) == order)
    #expect(LengthBuckets.padding(order, lengths: [9, 9, 9, 9], batchSize: 2) == 0)
  }

  /// Fewer rows than a batch are one batch.
  @Test func fewRowsAreOneBatch() {
    #expect(LengthBuckets.ordered([2, 0], lengths: [1, 1, 8], batchSize: 4) == [0, 2])
  }
}
