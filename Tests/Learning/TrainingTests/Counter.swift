import Synchronization

/// Says when it has been asked more often than allowed; from any thread.
final class Counter: Sendable {
  private let left: Mutex<Int>
  init(limit: Int) { left = Mutex(limit) }
  func isOver() -> Bool {
    left.withLock {
      $0 -= 1
      return $0 < 0
    }
  }
}
