import Batches
import Foundation
import Imaging
import Randomness
import Synchronization
import Testing
import Torch

/// Adds a random number to every pixel: shows which draws an item got.
private struct Jitter: Transform {
  func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    [Raise(by: UInt8(generator.below(200)))]
  }
}

private struct Broken: Error, Equatable { let row: Int }

@Suite struct PrefetcherTests {
  private let size = ImageSize(width: 4, height: 3)

  private func store(
    _ count: Int, budget: Int = 0, read: @escaping ImageStore.Read
  ) -> ImageStore {
    ImageStore(count: count, atLeast: nil, prepare: Identity(), budget: budget, read: read)
  }

  private func plain(_ row: Int) -> Image {
    Image(width: 4, height: 3, channels: 3, pixels: Array(repeating: UInt8(row), count: 36))
  }

  private func batches(workers: Int, ahead: Int) throws -> [[UInt8]] {
    let images = store(20) { row, _ in
      if row % 7 == 0 { usleep(300) }  // lets later items overtake
      return plain(row)
    }
    let prefetcher = Prefetcher(
      images: images, augment: [Jitter(), Jitter()], size: size, workers: workers, ahead: ahead)
    let orders = [Array(0..<20), Array((0..<20).reversed())]
    var result: [[UInt8]] = []
    try prefetcher.run(
      StepRequest.epoch(orders, batchSize: 3, key: RandomKey(seed: 5))
    ) { batch in
      result.append(try batch.tensor(stream: 0).scalars() + batch.tensor(stream: 1).scalars())
    }
    return result
  }

  @Test(arguments: [(1, 1), (2, 1), (3, 4), (8, 2)])
  func orderAndPixelsDoNotDependOnWorkers(workers: Int, ahead: Int) throws {
    let reference = try batches(workers: 1, ahead: 4)
    #expect(reference.count == 6)
    #expect(try batches(workers: workers, ahead: ahead) == reference)
  }

  @Test func twoStreamsDrawTheirOwnAugmentation() throws {
    let images = store(4) { _, _ in plain(10) }
    let prefetcher = Prefetcher(
      images: images, augment: [Jitter(), Jitter()], size: size, workers: 2)
    let order = [0, 1, 2, 3]
    try prefetcher.run(
      StepRequest.epoch([order, order], batchSize: 4, key: RandomKey(seed: 1))
    ) { batch in
      let streams = try (0..<2).map { try batch.tensor(stream: $0).scalars(as: UInt8.self) }
      #expect(streams[0] != streams[1])
    }
  }

  @Test func theEarliestBrokenImageIsReportedWhenItsBatchIsDue() throws {
    let images = store(12) { row, _ in
      if row == 7 || row == 8 { throw Broken(row: row) }
      return plain(row)
    }
    let prefetcher = Prefetcher(images: images, augment: [Identity()], size: size, workers: 3)
    var seen = 0
    #expect(throws: Broken(row: 7)) {
      try prefetcher.run(StepRequest.everyRow(12, batchSize: 3)) { _ in seen += 1 }
    }
    #expect(seen == 2)
  }

  @Test func everyRowComesOnceAndTheLastBatchMayBeSmaller() throws {
    let prefetcher = Prefetcher(
      images: store(10) { row, _ in plain(row) }, augment: [Identity()], size: size, workers: 2)
    var rows: [Int] = []
    var counts: [Int] = []
    try prefetcher.run(StepRequest.everyRow(10, batchSize: 4)) { batch in
      let tensor = try batch.tensor(stream: 0)
      counts.append(tensor.shape[0])
      rows += tensor.narrowed(dim: 1, start: 0, length: 1).narrowed(dim: 2, start: 0, length: 1)
        .narrowed(dim: 3, start: 0, length: 1).flattened(from: 0).scalars(as: Int64.self)
        .map(Int.init)
    }
    #expect(rows == Array(0..<10))
    #expect(counts == [4, 4, 2])
  }

  @Test func storeReadsOnceWhatFitsTheBudget() throws {
    let reads = Mutex<[Int: Int]>([:])
    let images = store(3, budget: 36 * 2) { row, _ in
      reads.withLock { $0[row, default: 0] += 1 }
      return plain(row)
    }
    for _ in 0..<3 { for row in 0..<3 { _ = try images.image(at: row) } }
    #expect(reads.withLock { $0 } == [0: 1, 1: 1, 2: 3])
  }
}
