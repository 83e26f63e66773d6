import Dispatch
import Requirements
import Synchronization

/// Calls `body` for `0..<count` on up to `threads` threads and returns the results in order, so that
/// the number of threads cannot be seen in them.
///
/// - Precondition: `threads` is at least 1.
package func inParallel<R: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) -> R
) -> [R] {
  require(threads >= 1, "inParallel: expected at least 1 thread, got \(threads)")
  let next = Atomic<Int>(0)
  let done = Mutex<[(index: Int, value: R)]>([])
  DispatchQueue.concurrentPerform(iterations: min(threads, max(1, count))) { _ in
    var mine: [(index: Int, value: R)] = []
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { break }
      mine.append((index, body(index)))
    }
    done.withLock { $0 += mine }
  }
  return done.withLock { $0.sorted { $0.index < $1.index }.map(\.value) }
}
