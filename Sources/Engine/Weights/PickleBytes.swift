/// Reads the operands of a pickle, never beyond its end.
struct PickleBytes {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// A little-endian integer of the type's width.
  mutating func integer<T: FixedWidthInteger>(_: T.Type = T.self) throws(PickleError) -> T {
    let data = try take(MemoryLayout<T>.size)
    return T(littleEndian: data.loadUnaligned(as: T.self))
  }

  /// The next `count` bytes.
  mutating func take(_ count: Int) throws(PickleError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - position else { throw .malformed("it is cut short") }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// The next `count` bytes as text.
  mutating func text(_ count: Int) throws(PickleError) -> String {
    guard let text = String(validating: try take(count), as: UTF8.self) else {
      throw .malformed("it has a string that is not UTF-8")
    }
    return text
  }

  /// Text up to the next line feed.
  mutating func line() throws(PickleError) -> String {
    guard let end = bytes[position...].firstIndex(of: 10) else {
      throw .malformed("it is cut short")
    }
    let text = try text(end - position)
    position += 1
    return text
  }
}

/// Why a pickle was not read.
enum PickleError: Error {
  /// It breaks the format, or does what no state dict does.
  case malformed(String)
  /// It asks for a name that is not on the list.
  case refused(String)

  /// A storage has another size than the pickle says.
  static func otherSize(_ key: String, _ size: Int) -> PickleError {
    .malformed("the storage '\(key)' has \(size) bytes, not those described")
  }
}
