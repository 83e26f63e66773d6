#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes bytes to an open descriptor through a buffer of 256 KiB. Made by ``AtomicFile``.
public struct FileSink: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 18

  /// A sink on `descriptor`, which it does not close; `path` is the name that errors carry.
  package init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    buffer.reserveCapacity(Self.capacity)
  }

  /// Appends raw bytes.
  ///
  /// - Throws: ``FileError/diskFull(path:)`` or another error of the system.
  public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    if buffer.count + bytes.count > Self.capacity { try flush() }
    if bytes.count >= Self.capacity {
      try emit(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  /// Appends an array of bytes.
  ///
  /// - Throws: ``FileError/diskFull(path:)`` or another error of the system.
  public mutating func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.withRawBytes { (raw) throws(FileError) in try write(raw) }
  }

  /// Appends text as UTF-8.
  ///
  /// - Throws: ``FileError/diskFull(path:)`` or another error of the system.
  public mutating func write(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Hands everything written so far to the system.
  package mutating func flush() throws(FileError) {
    try buffer.withRawBytes { (raw) throws(FileError) in try emit(raw) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func emit(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, base, rest.count)
      #else
        let count = Darwin.write(descriptor, base, rest.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(code: errno, path: path, operation: .write)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}
