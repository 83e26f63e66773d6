import Batches
import Foundation
import Imaging
import Networks
import Randomness
import Synchronization
import TestSupport
import Testing
import Torch

/// Adds a drawn number, and a mark of its own, to every value.
private struct Shift: Transform {
  let mark: UInt8

  func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    [Raise(by: UInt8(generator.below(97)) &+ mark)]
  }
}

private struct Stopped: Error, Equatable { let place: String }

/// What a batch of images is, from the requests alone.
@Suite("Draws of prefetched batches")
struct PrefetchDrawTests {
  private let size = ImageSize(width: 2, height: 1)

  /// Two pixels that tell the row.
  private static func image(_ row: Int) -> Image {
    Image(width: 2, height: 1, channels: 3, pixels: (0..<6).map { UInt8(row * 7 + $0) })
  }

  private func store(_ read: @escaping ImageStore.Read) -> ImageStore {
    ImageStore(count: 30, atLeast: nil, prepare: Identity(), budget: 0, read: read)
  }

  private let marks: [UInt8] = [0, 100, 200]

  /// Requests of three streams of any size, none included.
  private func requests(_ seed: UInt64) -> [StepRequest] {
    var source = RandomSource(seed: seed)
    return (0..<9).map { step in
      StepRequest(
        streams: (0..<3).map { _ in (0..<source.below(4)).map { _ in source.below(30) } },
        key: RandomKey(seed: seed).folding(step))
    } + [StepRequest(streams: [[], [], []], key: RandomKey(seed: seed))]
  }

  /// Item i of stream s draws from the request's key folded by s and by i, and stands at its place.
  private func expected(_ request: StepRequest) -> [[UInt8]] {
    request.streams.enumerated().map { stream, rows in
      rows.enumerated().flatMap { place, row -> [UInt8] in
        var source = request.key.folding(stream).folding(place).source
        let shift = UInt8(source.below(97)) &+ marks[stream]
        return Self.image(row).pixels.map { $0 &+ shift }
      }
    }
  }

  @Test(
    "are those of the key, for any number of workers and steps ahead", arguments: [1, 2, 3, 8],
    [1, 2, 5])
  func draws(workers: Int, ahead: Int) throws {
    for seed: UInt64 in 1...4 {
      let prefetcher = Prefetcher(
        images: store { row, _ in Self.image(row) }, augment: marks.map { Shift(mark: $0) },
        size: size, workers: workers, ahead: ahead)
      let all = requests(seed)
      var place = 0
      try prefetcher.run(all) { batch in
        #expect(batch.request == all[place])
        let wanted = expected(all[place])
        for stream in 0..<3 {
          let tensor = try batch.tensor(stream: stream)
          #expect(tensor.shape == [all[place].streams[stream].count, 1, 2, 3])
          #expect(tensor.scalars(as: UInt8.self) == wanted[stream])
        }
        place += 1
      }
      #expect(place == all.count)
    }
  }

  @Test("steps without images come in their turn, also when nothing else does")
  func emptySteps() throws {
    let empty = StepRequest(streams: [[]], key: RandomKey(seed: 0))
    let full = StepRequest(streams: [[3]], key: RandomKey(seed: 0))
    for all in [
      [], [empty], [empty, empty, empty, empty, empty, empty], [full, empty, full, empty],
    ] {
      let prefetcher = Prefetcher(
        images: store { row, _ in Self.image(row) }, augment: [Identity()], size: size, workers: 2,
        ahead: 1)
      var counts: [Int] = []
      try prefetcher.run(all) { counts.append(try $0.tensor(stream: 0).shape[0]) }
      #expect(counts == all.map(\.count))
    }
  }

  /// While a step is worked on, no image is read of a step that is `ahead` or more behind it; those before it are read meanwhile.
  @Test("no more is read ahead than was allowed, and that much is", arguments: [1, 2, 4])
  func ahead(_ ahead: Int) throws {
    let furthest = Mutex(-1)
    let images = store { row, _ in
      furthest.withLock { $0 = max($0, row) }
      return Self.image(row)
    }
    let prefetcher = Prefetcher(
      images: images, augment: [Identity()], size: size, workers: 3, ahead: ahead)
    var step = 0
    try prefetcher.run(StepRequest.everyRow(12, batchSize: 1)) { _ in
      let allowed = min(step + ahead - 1, 11)
      for _ in 0..<2000 where furthest.withLock({ $0 }) < allowed { usleep(1000) }
      usleep(2000)
      #expect(furthest.withLock { $0 } == allowed)
      step += 1
    }
  }

  @Test("an error of the body ends the workers before it is handed on", arguments: [1, 4])
  func stopping(workers: Int) throws {
    let reads = Mutex(0)
    let images = store { row, _ in
      reads.withLock { $0 += 1 }
      usleep(200)
      return Self.image(row)
    }
    let prefetcher = Prefetcher(
      images: images, augment: [Identity()], size: size, workers: workers, ahead: 3)
    var steps = 0
    #expect(throws: Stopped(place: "body")) {
      try prefetcher.run(StepRequest.everyRow(30, batchSize: 2)) { _ in
        steps += 1
        if steps == 3 { throw Stopped(place: "body") }
      }
    }
    let after = reads.withLock { $0 }
    usleep(3000)
    #expect(steps == 3 && reads.withLock { $0 } == after)
    // Steps 0, 1, 2 and at most the two that may wait behind the third.
    #expect((6...10).contains(after))
  }

  /// Of several images of a step that cannot be read, the first in the order of its streams is told, whichever failed first.
  @Test("the first error of a step in the order of its streams is told", arguments: [1, 2, 6])
  func firstError(workers: Int) {
    let images = store { row, _ in
      if row == 5 { usleep(4000) }
      if row == 5 || row >= 20 { throw Stopped(place: "row \(row)") }
      return Self.image(row)
    }
    let prefetcher = Prefetcher(
      images: images, augment: [Identity(), Identity()], size: size, workers: workers)
    let request = StepRequest(streams: [[1, 5, 21], [20, 22]], key: RandomKey(seed: 1))
    var seen = 0
    #expect(throws: Stopped(place: "row 5")) { try prefetcher.run([request]) { _ in seen += 1 } }
    #expect(seen == 0)
  }

  /// A run within the body of another has workers of its own.
  @Test func runsWithinRuns() throws {
    let prefetcher = Prefetcher(
      images: store { row, _ in Self.image(row) }, augment: [Shift(mark: 1)], size: size, workers: 2
    )
    let all = StepRequest.epoch(
      [[1, 2, 3, 4, 5, 6]], batchSize: 2, key: RandomKey(seed: 8))
    func flat() throws -> [[UInt8]] {
      var result: [[UInt8]] = []
      try prefetcher.run(all) { result.append(try $0.tensor(stream: 0).scalars()) }
      return result
    }
    let plain = try flat()
    #expect(plain.count == 3)
    var inner: [[[UInt8]]] = []
    try prefetcher.run(all) { _ in inner.append(try flat()) }
    #expect(inner == [plain, plain, plain])
  }

  /// (x / 255 − μ) / σ of what the transform of each stream's view gives, channel by channel.
  @Test func imagesAsInputs() throws {
    let normalization = Normalization(mean: [0.5, 0.25, 0.1], std: [0.5, 0.2, 0.1])
    let source = ImageInputs(
      images: store { row, _ in Self.image(row) }, size: size, normalization: normalization,
      workers: 2
    ) { view in Shift(mark: view == .strong ? 100 : 0) }
    #expect(source.count == 30 && source.lengths == nil)
    let request = StepRequest(streams: [[4, 1], [9]], key: RandomKey(seed: 3))
    var found: [[Double]] = []
    try source.run([request], views: [.standard, .strong]) { step in
      #expect(step.request == request)
      for stream in 0..<2 {
        let inputs = try step.inputs(stream: stream, on: .cpu)
        #expect(inputs.values.shape == [request.streams[stream].count, 3, 1, 2])
        #expect(inputs.values.dtype == .float32 && inputs.lengths == nil)
        found.append(inputs.values.contiguous().scalars(as: Double.self))
      }
    }
    let bytes = expected(request)
    for stream in 0..<2 {
      let wanted = request.streams[stream].indices.flatMap { item -> [Double] in
        (0..<3).flatMap { channel in
          (0..<2).map { pixel in
            (Double(bytes[stream][item * 6 + pixel * 3 + channel]) / 255
              - normalization.mean[channel]) / normalization.std[channel]
          }
        }
      }
      #expect(difference(found[stream], wanted, relative: 1e-5, absolute: 1e-5) == nil)
    }
  }
}

/// What a store of images keeps.
@Suite("Kept images") struct ImageStoreLimitTests {
  private func image(_ pixels: Int, _ value: UInt8) -> Image {
    Image(
      width: pixels, height: 1, channels: 1, pixels: [UInt8](repeating: value, count: pixels))
  }

  /// What does not fit is read each time, and leaves its room to smaller ones.
  @Test func largeImagesLeaveTheirRoom() throws {
    let reads = Mutex<[Int]>([])
    let images = ImageStore(count: 4, atLeast: nil, prepare: Identity(), budget: 10) { row, _ in
      reads.withLock { $0.append(row) }
      return image([11, 6, 5, 4][row], UInt8(row))
    }
    for _ in 0..<2 {
      for row in 0..<4 { #expect(try images.image(at: row).pixels.allSatisfy { $0 == row }) }
    }
    // Six bytes and four are kept; neither eleven nor five fit.
    #expect(reads.withLock { $0 } == [0, 1, 2, 3, 0, 2])
  }

  /// The size that decoding may shrink to is the store's; what is prepared is what is kept.
  @Test func preparedOnce() throws {
    struct Doubled: Transform, ImageOperation {
      func operations(
        for size: ImageSize, using generator: inout RandomSource
      ) -> [any ImageOperation] { [self] }

      func apply(to image: inout Image) {
        for place in image.pixels.indices { image.pixels[place] *= 2 }
      }
      var onTarget: (any ImageOperation)? { nil }
    }
    let asked = Mutex<[ImageSize?]>([])
    let least = ImageSize(width: 7, height: 9)
    let images = ImageStore(count: 1, atLeast: least, prepare: Doubled(), budget: 100) { _, size in
      asked.withLock { $0.append(size) }
      return image(3, 21)
    }
    for _ in 0..<3 { #expect(try images.image(at: 0).pixels == [42, 42, 42]) }
    #expect(asked.withLock { $0 } == [least])
  }

  /// An error is not kept: the next one who asks may be luckier.
  @Test func errorsAreNotKept() throws {
    let reads = Mutex(0)
    let images = ImageStore(count: 1, atLeast: nil, prepare: Identity(), budget: 100) { _, _ in
      let count = reads.withLock { count -> Int in
        count += 1
        return count
      }
      if count < 3 { throw Stopped(place: "\(count)") }
      return image(2, 5)
    }
    #expect(throws: Stopped(place: "1")) { try images.image(at: 0) }
    #expect(throws: Stopped(place: "2")) { try images.image(at: 0) }
    for _ in 0..<2 { #expect(try images.image(at: 0).pixels == [5, 5]) }
    #expect(reads.withLock { $0 } == 3)
  }
}
