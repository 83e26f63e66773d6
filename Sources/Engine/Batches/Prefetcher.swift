import Foundation
public import Imaging
import Randomness
import Requirements

/// Decodes and augments ahead of the trainer, on threads of its own.
///
///     let loader = Prefetcher(images: store, augment: [preset.random], size: size, workers: 2)
///     try loader.run(requests) { batch in … }   // in order, whatever the number of workers
///
/// Order and pixels depend on the requests alone: every item has its own random source, and its
/// own place in the batch. An image that cannot be read ends the run, when its batch is due, with
/// the error of the first such image.
public struct Prefetcher: Sendable {
  private let images: ImageStore
  private let augment: [any Transform]
  private let size: ImageSize
  private let workers: Int
  private let ahead: Int
  private let leaves: @Sendable () -> Bool

  /// - Parameters:
  ///   - images: where images come from.
  ///   - augment: the random part of each stream; its result has `size`.
  ///   - size: size of every image in a batch, in pixels.
  ///   - workers: threads, at least 1.
  ///   - ahead: steps that may wait, filled or half filled; at least 1.
  ///   - leaves: whether workers leave what a batch's device can make of many images at once, asked for each image; the
  ///     pixels are the same.
  /// - Precondition: at least one worker and one step ahead.
  public init(
    images: ImageStore, augment: [any Transform], size: ImageSize, workers: Int, ahead: Int = 4,
    leaves: @escaping @Sendable () -> Bool = { false }
  ) {
    require(
      workers >= 1 && ahead >= 1,
      "Prefetcher: expected at least 1 worker and 1 step ahead, got \(workers) and \(ahead)")
    (self.images, self.augment, self.size) = (images, augment, size)
    (self.workers, self.ahead, self.leaves) = (workers, ahead, leaves)
  }

  /// Gives the batch of every request to `body`, in order.
  ///
  /// - Returns: what the workers did with their time.
  /// - Throws: what an image or `body` threw; the workers have then ended.
  /// - Precondition: each request has a stream for each transform, whose results have three
  ///   channels and `size`.
  @discardableResult
  public func run(
    _ requests: [StepRequest], _ body: (PixelBatch) throws -> Void
  ) throws -> WorkerTimes {
    require(
      requests.allSatisfy { $0.streams.count == augment.count },
      "Prefetcher: expected requests of \(augment.count) streams, one a transform, got "
        + "\(requests.map(\.streams.count))")
    let queue = PrefetchQueue(requests, ahead: ahead)
    for _ in 0..<min(workers, max(1, requests.count)) {
      queue.enter()
      let thread = Thread { work(queue) }
      thread.name = "steelyard.images"
      thread.start()
    }
    defer { queue.cancelAndWait() }
    for step in requests.indices {
      let images = try queue.wait(for: step)
      try body(PixelBatch(request: requests[step], size: size, images: images))
    }
    return queue.cancelAndWait()
  }

  private func work(_ queue: PrefetchQueue) {
    var times = WorkerTimes()
    while let item = queue.take() {
      do {
        queue.finish(item, try image(of: item, &times))
      } catch {
        queue.fail(item, error)
      }
    }
    queue.leave(times)
  }

  private func image(
    of item: PrefetchQueue.Item, _ times: inout WorkerTimes
  ) throws -> PreparedImage {
    var source = item.key.source
    let start = ContinuousClock.now
    return try DecodeRoom.whileUsing {
      let image = try images.image(at: item.row)
      let read = ContinuousClock.now
      defer {
        times.reading += (read - start) / .seconds(1)
        times.augmenting += (ContinuousClock.now - read) / .seconds(1)
      }
      let operations = augment[item.stream].operations(for: image.size, using: &source)
      return PreparedImage(image, operations, size: size, leaving: leaves())
    }
  }
}
