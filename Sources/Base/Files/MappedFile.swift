import Requirements

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A whole file as memory, read from the disk page by page when touched.
///
/// Fits weights and archives larger than what one wants to copy. The mapping lives as long as the
/// object; a pointer taken from ``bytes`` must not outlive it. If another process shortens the file
/// meanwhile, touching the lost part ends the program (`SIGBUS`), as with every mapping; files
/// replaced by rename, as ``AtomicFile`` does, are safe.
public final class MappedFile: @unchecked Sendable {
  // Unchecked because of the raw pointer: the memory is mapped read-only, is never written after
  // `init`, and is unmapped only when the last reference is gone.

  /// The name the file was opened by.
  public let path: String
  /// The content; valid while this object lives.
  public let bytes: UnsafeRawBufferPointer
  /// What the file was when it was mapped; another may have taken its name since.
  package let state: FileState?

  /// Maps `path` read-only. An empty file gives empty ``bytes``.
  ///
  /// - Throws: ``FileError`` when the file is missing, is a folder, or may not be read.
  public convenience init(path: String) throws(FileError) {
    let (descriptor, count) = try OpenFile.reading(path)
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, count: count, path: path)
  }

  /// Maps an open file read-only; it may be closed then.
  ///
  /// - Parameters:
  ///   - descriptor: the file, open for reading.
  ///   - count: its bytes, from the first.
  ///   - path: the name that errors carry.
  /// - Throws: ``FileError`` when the system refuses.
  init(descriptor: Int32, count: Int, path: String) throws(FileError) {
    self.path = path
    state = FileState(descriptor: descriptor)
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else {
      throw FileError(code: errno, path: path, operation: .read)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }

  /// Hands the bytes of `range` to `body`, keeping the mapping alive meanwhile.
  ///
  /// - Throws: what `body` throws.
  /// - Precondition: `range` lies within the file.
  public func withBytes<R, E: Error>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    require(
      range.lowerBound >= 0 && range.upperBound <= bytes.count,
      "MappedFile.withBytes: expected a range within 0..<\(bytes.count), got \(range)")
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(rebasing: bytes[range]))
  }
}
