import Dispatch
import Synchronization

/// Memory for decoded images, shared by all threads: who needs more than is left waits until others are done.
///
/// One image alone always gets room, however large it is; ``ImageFile/byteLimit`` bounds that. Whoever goes on working
/// with a decoded image does so in ``whileUsing(_:)``, so that its room is not given to the next before it is resized.
public final class DecodeRoom: Sendable {
  /// The room of this process: as much as the largest image may take.
  static let shared = DecodeRoom(limit: ImageFile.byteLimit)

  /// Bytes that images take together, unless there is only one.
  let limit: Int
  /// Bytes that images take now.
  package var used: Int { state.withLock { $0.used } }
  private let state = Mutex(State())

  private struct State: Sendable {
    var used = 0
    var waiting: [(bytes: Int, turn: DispatchSemaphore)] = []
  }

  /// What one thread holds while it works with images.
  private final class Share: Sendable {
    let bytes = Atomic<Int>(0)
  }

  @TaskLocal private static var share: Share?

  /// A room of its own, for tests.
  ///
  /// - Parameter limit: bytes, at least 1.
  package init(limit: Int) { self.limit = limit }

  /// Runs `body`, in which images are decoded and used; their room is free again when it returns.
  ///
  /// The first image waits for its room. Further ones of the same body do not, for what they wait for might wait for
  /// them.
  ///
  /// - Parameter body: decodes and uses images, as a rule one.
  /// - Throws: what `body` threw.
  public static func whileUsing<R>(_ body: () throws -> R) rethrows -> R {
    let mine = Share()
    defer { shared.give(back: mine.bytes.load(ordering: .relaxed)) }
    return try $share.withValue(mine, operation: body)
  }

  /// Runs `body` with room for `bytes`, waiting for it where there is none.
  static func with<R, E: Error>(_ bytes: Int, _ body: () throws(E) -> R) throws(E) -> R {
    guard let share else { return try shared.with(bytes, body) }
    let isFirst = share.bytes.load(ordering: .relaxed) == 0
    shared.take(bytes, waits: isFirst)
    share.bytes.add(bytes, ordering: .relaxed)
    return try body()
  }

  /// Runs `body` with room for `bytes`, waiting for it where there is none.
  package func with<R, E: Error>(_ bytes: Int, _ body: () throws(E) -> R) throws(E) -> R {
    take(bytes, waits: true)
    defer { give(back: bytes) }
    return try body()
  }

  private func take(_ bytes: Int, waits: Bool) {
    let turn = state.withLock { state -> DispatchSemaphore? in
      if !waits || state.waiting.isEmpty && fits(bytes, beside: state.used) {
        state.used += bytes
        return nil
      }
      let turn = DispatchSemaphore(value: 0)
      state.waiting.append((bytes, turn))
      return turn
    }
    turn?.wait()
  }

  private func give(back bytes: Int) {
    guard bytes > 0 else { return }
    state.withLock { state in
      state.used -= bytes
      // In their order, so that a large image is not passed by small ones for ever.
      while let next = state.waiting.first, fits(next.bytes, beside: state.used) {
        state.used += next.bytes
        state.waiting.removeFirst()
        next.turn.signal()
      }
    }
  }

  private func fits(_ bytes: Int, beside used: Int) -> Bool {
    used == 0 || bytes <= limit - used
  }
}
