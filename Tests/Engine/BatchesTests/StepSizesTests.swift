import Batches
import Randomness
import Testing

/// Steps of streams of unequal size, and of every row.
@Suite("Sizes of steps")
struct StepSizesTests {
  private let key = RandomKey(seed: 3)

  /// The first stream sets how many steps there are; each stream is cut by its own size.
  @Test func eachStreamHasItsSize() {
    let steps = StepRequest.epoch(
      [[0, 1, 2, 3, 4], [10, 11, 12, 13, 14, 15]], sizes: [2, 3], key: key)
    #expect(steps.map(\.streams) == [[[0, 1], [10, 11, 12]], [[2, 3], [13, 14, 15]]])
    #expect(steps.map(\.count) == [5, 5])
    #expect(StepRequest.epoch([[0], [1, 2]], sizes: [2, 1], key: key).isEmpty)
    #expect(StepRequest.epoch([], sizes: [], key: key).isEmpty)
  }

  /// The same key gives the same draws; equal sizes are the plain way of cutting.
  @Test func equalSizesAreThePlainCut() {
    let orders = [[0, 1, 2, 3], [7, 6, 5, 4]]
    #expect(
      StepRequest.epoch(orders, sizes: [2, 2], key: key)
        == StepRequest.epoch(orders, batchSize: 2, key: key))
    #expect(
      StepRequest.epoch(orders, batchSize: 2, key: key).map(\.key)
        != StepRequest.epoch(orders, batchSize: 2, key: RandomKey(seed: 4)).map(\.key))
  }

  @Test func everyRowOnce() {
    #expect(StepRequest.everyRow(5, batchSize: 2).map(\.streams) == [[[0, 1]], [[2, 3]], [[4]]])
    #expect(StepRequest.everyRow(2, batchSize: 9).map(\.streams) == [[[0, 1]]])
    #expect(StepRequest.everyRow(0, batchSize: 9).isEmpty)
  }

  @Test func batchesOfNothingAreRefused() async {
    await #expect(processExitsWith: .failure) { _ = StepRequest.everyRow(5, batchSize: 0) }
    await #expect(processExitsWith: .failure) {
      _ = StepRequest.epoch([[0, 1]], sizes: [1, 1], key: RandomKey(seed: 0))
    }
  }
}

/// Padding by hand.
@Suite("Padding of batches")
struct PaddingTests {
  /// Lengths 4, 5 and 2, 3 meet: 9 of 10 and 5 of 6 steps are computed for something; 14 of 16.
  @Test func byHand() {
    let lengths = [4, 2, 5, 3]
    #expect(LengthBuckets.ordered([0, 1, 2, 3], lengths: lengths, batchSize: 2) == [0, 2, 1, 3])
    #expect(LengthBuckets.padding([0, 1, 2, 3], lengths: lengths, batchSize: 2) == 0.125)
  }

  /// One batch of 1 and 3 steps computes 6 of which 4 are there; no rows compute nothing.
  @Test func smallOrders() {
    #expect(
      abs(LengthBuckets.padding([0, 1], lengths: [1, 3], batchSize: 8) - 1 / 3.0) < 1e-12)
    #expect(LengthBuckets.padding([], lengths: [1, 3], batchSize: 8) == 0)
    #expect(LengthBuckets.padding([1, 1, 1], lengths: [1, 3], batchSize: 1) == 0)
  }

  /// What is left over at the end is dropped from the order as drawn, not from the longest.
  @Test func whatIsDroppedWasDrawnLast() {
    let order = [2, 0, 1, 3, 4]
    let kept = LengthBuckets.ordered(order, lengths: [9, 1, 2, 9, 1], batchSize: 2)
    #expect(kept.sorted() == [0, 1, 2, 3])
  }
}
