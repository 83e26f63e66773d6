#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bytes in pieces, from memory or from an open file: what the line readers read.
package struct ByteStream: ~Copyable {
  /// The name that errors carry.
  package let name: String
  private let descriptor: Int32
  /// The current piece; the reader indexes into it.
  package private(set) var chunk: [UInt8]
  /// Bytes of the whole, as far as the system knows.
  package let size: Int
  /// Bytes in this piece and those before it.
  package private(set) var delivered: Int
  private static let capacity = 1 << 16

  /// A stream over `bytes`, in one piece.
  package init(bytes: [UInt8], name: String) {
    self.name = name
    descriptor = -1
    chunk = bytes
    size = bytes.count
    delivered = bytes.count
  }

  /// A stream over a file.
  package init(path: String) throws(FileError) {
    let (opened, length) = try OpenFile.reading(path)
    let first: [UInt8]
    do throws(FileError) {
      first = try FileBytes.chunk(of: opened, Self.capacity, path)
    } catch {
      close(opened)
      throw error
    }
    size = length
    name = path
    descriptor = opened
    chunk = first
    delivered = first.count
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Replaces the piece by the next one.
  ///
  /// - Returns: false at the end, when the piece is empty.
  @discardableResult
  package mutating func refill() throws(FileError) -> Bool {
    guard descriptor >= 0 else {
      chunk = []
      return false
    }
    chunk = try FileBytes.chunk(of: descriptor, Self.capacity, name)
    delivered += chunk.count
    return !chunk.isEmpty
  }
}
