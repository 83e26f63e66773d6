import Foundation
import Synchronization

/// Real threads, which end afterwards, as the workers of a batch loader do.
enum Threads {
  static func map<T: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> T) -> [T] {
    let results = Results<T>()
    let group = DispatchGroup()
    for i in 0..<count {
      group.enter()
      Thread {
        let value = body(i)
        results.all.withLock { $0[i] = value }
        group.leave()
      }.start()
    }
    group.wait()
    return results.all.withLock { all in (0..<count).compactMap { all[$0] } }
  }
}

private final class Results<T: Sendable>: Sendable {
  let all = Mutex<[Int: T]>([:])
}
