#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that only grows at its end, and of which a known part counts.
///
/// Whoever writes it notes ``count`` after ``append(_:)`` where that cannot be lost; what lies behind the noted
/// place, such as half a line of a programme that was killed, is cut off when the file is taken up again.
public struct GrowingFile: Sendable {
  /// The file.
  public let path: String
  /// Bytes that were written.
  public private(set) var count: Int

  /// Begins the file anew with `head`.
  ///
  /// - Throws: ``FileError`` in the user's words.
  public init(beginning path: String, with head: String) throws(FileError) {
    try AtomicFile.write(head, to: path)
    (self.path, count) = (path, head.utf8.count)
  }

  /// Takes the file up where it was `count` bytes long; what follows is cut off.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` where it is shorter than that, ``FileError`` where it cannot
  ///   be opened or cut.
  public init(resuming path: String, at count: Int) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FileError(code: errno, path: path, operation: .read)
    }
    guard status.st_size >= count else {
      throw .malformed(
        path: path,
        reason: "expected at least \(count) bytes, found \(status.st_size); restore it from a copy")
    }
    guard truncate(path, off_t(count)) == 0 else {
      throw FileError(code: errno, path: path, operation: .write)
    }
    (self.path, self.count) = (path, count)
  }

  /// Adds text at the end and flushes it to the disk.
  ///
  /// - Throws: ``FileError/missing(path:)`` where the file has gone since, else ``FileError`` in the user's words;
  ///   the file may then have a part of the text at its end.
  public mutating func append(_ text: String) throws(FileError) {
    try FileSink.append(Array(text.utf8), to: path, isSynchronized: true)
    count += text.utf8.count
  }
}
