import Synchronization

/// Which records have a checksum that nobody has compared yet: a bit each, for many threads.
final class UncheckedRecords: Sendable {
  private let words: Mutex<[UInt64]>

  /// None.
  init() { words = Mutex([]) }

  /// The same as another has now.
  init(_ other: UncheckedRecords) {
    let copy = other.words.withLock { $0 }
    words = Mutex(copy)
  }

  func contains(_ index: Int) -> Bool {
    words.withLock { index >> 6 < $0.count && $0[index >> 6] >> UInt64(index & 63) & 1 == 1 }
  }

  func insert(_ index: Int) {
    words.withLock { words in
      while words.count <= index >> 6 { words.append(0) }
      words[index >> 6] |= 1 << UInt64(index & 63)
    }
  }

  /// Forgets a record that is among them.
  func remove(_ index: Int) {
    words.withLock { $0[index >> 6] &= ~(1 << UInt64(index & 63)) }
  }
}
