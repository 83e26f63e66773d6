import Synchronization

/// Counts how often it has been asked, and says when that is more often than allowed; from any thread.
final class Counter: Sendable {
  private let asked = Mutex(0)
  private let limit: Int
  init(limit: Int) { self.limit = limit }
  /// How often it has been asked.
  var count: Int { asked.withLock(\.self) }
  func isOver() -> Bool {
    asked.withLock {
      $0 += 1
      return $0 > limit
    }
  }
}
