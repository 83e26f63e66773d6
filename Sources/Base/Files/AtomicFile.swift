#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file so that a reader, now or after a power cut, sees the old content or the new one.
///
/// The bytes go to a temporary file beside the name, are flushed to the disk, and take the name by
/// `rename`; then the folder is flushed. When anything fails the temporary file is removed and what
/// stood under the name is untouched.
public enum AtomicFile {
  /// Replaces or creates `path` with `bytes`.
  ///
  /// - Throws: ``FileError`` in the user's words: full disk, read-only or missing folder, permission.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write(to: path) { (sink) throws(FileError) in try sink.write(bytes) }
  }

  /// Replaces or creates `path` with `text` in UTF-8.
  ///
  /// - Throws: ``FileError`` in the user's words: full disk, read-only or missing folder, permission.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(to: path) { (sink) throws(FileError) in try sink.write(text) }
  }

  /// Replaces or creates `path` with what `body` writes, for content that need not be in memory at once.
  ///
  /// - Throws: ``FileError`` in the user's words, or the error that `body` threw.
  public static func write(
    to path: String, _ body: (inout FileSink) throws(FileError) -> Void
  ) throws(FileError) {
    if FilePath.isFolder(path) { throw .isFolder(path: path) }
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(code: errno, path: path, operation: .write) }
    do throws(FileError) {
      try fill(descriptor, path: path, body)
      guard rename(temporary, path) == 0 else {
        throw FileError(code: errno, path: path, operation: .write)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    flushFolder(of: path)
  }

  private static func fill(
    _ descriptor: Int32, path: String, _ body: (inout FileSink) throws(FileError) -> Void
  ) throws(FileError) {
    var isOpen = true
    defer { if isOpen { close(descriptor) } }
    var sink = FileSink(descriptor: descriptor, path: path)
    try body(&sink)
    try sink.flush()
    guard fsync(descriptor) == 0 else {
      throw FileError(code: errno, path: path, operation: .write)
    }
    isOpen = false
    // Network file systems report a full disk only when the file is closed.
    guard close(descriptor) == 0 else {
      throw FileError(code: errno, path: path, operation: .write)
    }
  }

  /// Best effort: the name is already right for every running process, and some file systems
  /// refuse to flush a folder.
  private static func flushFolder(of path: String) {
    let descriptor = open(FilePath.folder(of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
