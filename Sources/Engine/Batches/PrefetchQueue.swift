import Foundation
import Randomness

/// What the workers of a `Prefetcher` and its reader share: who does what next, and what is done.
///
/// `@unchecked Sendable`: every access to the state is under `condition`.
final class PrefetchQueue: @unchecked Sendable {
  /// One image to be made.
  struct Item {
    let step: Int
    let offset: Int
    let stream: Int
    let row: Int
    let key: RandomKey
  }

  private struct Open {
    var images: [PreparedImage?]
    var missing: Int
    /// The error of the earliest item that failed, so that the report does not depend on timing.
    var failure: (item: Int, error: any Error)?

    mutating func settle(_ note: (inout Open) -> Void) {
      note(&self)
      missing -= 1
    }
  }

  private let requests: [StepRequest]
  private let ahead: Int
  private let condition = NSCondition()
  private var open: [Int: Open] = [:]
  private var cursor = (step: 0, item: 0)
  private var reading = 0
  private var cancelled = false
  private var active = 0
  private var times = WorkerTimes()

  init(_ requests: [StepRequest], ahead: Int) {
    (self.requests, self.ahead) = (requests, ahead)
  }

  func enter() { locked { active += 1 } }

  /// Takes what a worker did with its time, but for its waiting, which the queue knows.
  func leave(_ own: WorkerTimes) {
    locked {
      times += own
      active -= 1
      condition.broadcast()
    }
  }

  /// The next image to make; waits while enough steps are ahead. `nil` when there is no more.
  func take() -> Item? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      while !cancelled && cursor.step < requests.count && cursor.step >= reading + ahead {
        let start = ContinuousClock.now
        condition.wait()
        times.waiting += (ContinuousClock.now - start) / .seconds(1)
      }
      guard !cancelled, cursor.step < requests.count else { return nil }
      let count = requests[cursor.step].count
      if cursor.item == 0 {
        open[cursor.step] = Open(images: Array(repeating: nil, count: count), missing: count)
      }
      if count > 0 { break }
      // A step without images is done as it is.
      cursor = (cursor.step + 1, 0)
      condition.broadcast()
    }
    let item = item(cursor.item, of: cursor.step)
    let count = requests[cursor.step].count
    cursor = cursor.item + 1 < count ? (cursor.step, cursor.item + 1) : (cursor.step + 1, 0)
    return item
  }

  private func item(_ index: Int, of step: Int) -> Item {
    var (stream, place) = (0, index)
    while place >= requests[step].streams[stream].count {
      place -= requests[step].streams[stream].count
      stream += 1
    }
    return Item(
      step: step, offset: index, stream: stream, row: requests[step].streams[stream][place],
      key: requests[step].key.folding(stream).folding(place))
  }

  /// Takes an image.
  func finish(_ item: Item, _ image: PreparedImage) {
    settle(item) { $0.images[item.offset] = image }
  }

  /// Notes that an image could not be made.
  func fail(_ item: Item, _ error: any Error) {
    settle(item) {
      if item.offset < $0.failure?.item ?? .max { $0.failure = (item.offset, error) }
    }
  }

  private func settle(_ item: Item, _ note: (inout Open) -> Void) {
    locked {
      open[item.step]?.settle(note)
      condition.broadcast()
    }
  }

  /// The images of a step, once all of them are done; lets the workers go one step further.
  func wait(for step: Int) throws -> [PreparedImage] {
    condition.lock()
    defer { condition.unlock() }
    reading = step
    condition.broadcast()
    while true {
      if let done = open[step], done.missing == 0 {
        open[step] = nil
        if let failure = done.failure { throw failure.error }
        return done.images.compactMap { $0 }
      }
      condition.wait()
    }
  }

  /// Lets the workers end, and returns when they have, with what they did.
  @discardableResult
  func cancelAndWait() -> WorkerTimes {
    condition.lock()
    defer { condition.unlock() }
    cancelled = true
    condition.broadcast()
    while active > 0 { condition.wait() }
    return times
  }

  private func locked(_ body: () -> Void) {
    condition.lock()
    defer { condition.unlock() }
    body()
  }
}
