import Foundation
import Synchronization

/// Real threads, which end afterwards, as the workers of a batch loader do.
enum Threads {
  static func map<T: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> T) -> [T] {
    let results = Mutex<[Int: T]>([:])
    let group = DispatchGroup()
    withoutActuallyEscaping(body) { body in
      for i in 0..<count {
        group.enter()
        Thread {
          let value = body(i)
          results.withLock { $0[i] = value }
          group.leave()
        }.start()
      }
      group.wait()
    }
    return results.withLock { all in (0..<count).compactMap { all[$0] } }
  }
}
