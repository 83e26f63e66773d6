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
  /// Bytes that the system has taken.
  private var emitted = 0
  /// Bytes written so far: all that the system has taken, also of a write that failed, and those in the buffer.
  package var count: Int { emitted + buffer.count }
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
      var taken = 0
      defer { emitted += taken }
      try emit(bytes, &taken)
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
    var taken = 0
    defer {
      emitted += taken
      // After an error the rest stays, so that no byte stands in the file twice.
      if taken == buffer.count {
        buffer.removeAll(keepingCapacity: true)
      } else {
        buffer.removeFirst(taken)
      }
    }
    try buffer.withRawBytes { (raw) throws(FileError) in try emit(raw, &taken) }
  }

  /// Hands bytes to the system, and adds to `taken` how many it took, also where it then says no.
  private func emit(_ bytes: UnsafeRawBufferPointer, _ taken: inout Int) throws(FileError) {
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
      taken += count
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}
