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
    fileprivate let memory: PixelMemory
  }

  private struct Open {
    let memory: PixelMemory
    var missing: Int
    /// The error of the earliest item that failed, so that the report does not depend on timing.
    var failure: (item: Int, error: any Error)?
  }

  private let requests: [StepRequest]
  private let bytesPerImage: Int
  private let ahead: Int
  private let condition = NSCondition()
  private var open: [Int: Open] = [:]
  private var cursor = (step: 0, item: 0)
  private var reading = 0
  private var cancelled = false
  private var active = 0

  init(_ requests: [StepRequest], bytesPerImage: Int, ahead: Int) {
    (self.requests, self.bytesPerImage, self.ahead) = (requests, bytesPerImage, ahead)
  }

  func enter() { locked { active += 1 } }

  func leave() {
    locked {
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
        condition.wait()
      }
      guard !cancelled, cursor.step < requests.count else { return nil }
      let count = requests[cursor.step].count
      if cursor.item == 0 {
        let memory = PixelMemory(count: count * bytesPerImage)
        open[cursor.step] = Open(memory: memory, missing: count)
      }
      if count > 0 { break }
      // A step without images is done as it is.
      cursor = (cursor.step + 1, 0)
      condition.broadcast()
    }
    let request = requests[cursor.step]
    guard let memory = open[cursor.step]?.memory else { return nil }
    let item = item(cursor.item, of: cursor.step, memory)
    cursor = cursor.item + 1 < request.count ? (cursor.step, cursor.item + 1) : (cursor.step + 1, 0)
    return item
  }

  private func item(_ index: Int, of step: Int, _ memory: PixelMemory) -> Item {
    var (stream, place) = (0, index)
    while place >= requests[step].streams[stream].count {
      place -= requests[step].streams[stream].count
      stream += 1
    }
    return Item(
      step: step, offset: index, stream: stream, row: requests[step].streams[stream][place],
      key: requests[step].key.folding(stream).folding(place), memory: memory)
  }

  /// Takes the pixels of an image.
  func finish(_ item: Item, _ pixels: [UInt8]) {
    item.memory.write(pixels, at: item.offset * bytesPerImage)
    settle(item, nil)
  }

  /// Notes that an image could not be made.
  func fail(_ item: Item, _ error: any Error) { settle(item, error) }

  private func settle(_ item: Item, _ error: (any Error)?) {
    locked {
      open[item.step]?.missing -= 1
      if let error, item.offset < open[item.step]?.failure?.item ?? .max {
        open[item.step]?.failure = (item.offset, error)
      }
      condition.broadcast()
    }
  }

  /// The pixels of a step, once all of it is done; lets the workers go one step further.
  func wait(for step: Int) throws -> PixelMemory {
    condition.lock()
    defer { condition.unlock() }
    reading = step
    condition.broadcast()
    while true {
      if let done = open[step], done.missing == 0 {
        open[step] = nil
        if let failure = done.failure { throw failure.error }
        return done.memory
      }
      condition.wait()
    }
  }

  /// Lets the workers end, and returns when they have.
  func cancelAndWait() {
    condition.lock()
    defer { condition.unlock() }
    cancelled = true
    condition.broadcast()
    while active > 0 { condition.wait() }
  }

  private func locked(_ body: () -> Void) {
    condition.lock()
    defer { condition.unlock() }
    body()
  }
}
