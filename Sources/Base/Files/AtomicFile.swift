#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a file so that a reader, now or after a power cut, sees the old content or the new one.
///
/// The bytes go to a temporary file beside the name, are flushed to the disk, and take the name by
/// `rename`; then the folder is flushed. When anything fails the temporary file is removed and what
/// stood under the name is untouched. What a writer that was killed has left beside the name is removed by the next one.
///
/// A link to a file stays, and the file that it leads to is replaced. A pipe or a device, such as `/dev/stdout` or `/dev/null`, is
/// written into: a file in its place would take it from everybody.
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
    if isStream(path) { return try pour(into: path, body) }
    let target = followed(path)
    removeLeftovers(of: target)
    let (temporary, descriptor) = try temporary(beside: target, path)
    // The lock belongs to the open file, and is to last until it has its name.
    let lock = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    defer { if lock >= 0 { close(lock) } }
    keepMode(of: target, on: descriptor)
    do throws(FileError) {
      try fill(descriptor, path: path, body)
      guard rename(temporary, target) == 0 else {
        throw FileError(code: errno, path: path, operation: .write)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    flushFolder(of: target)
  }

  /// A new file beside the name, locked, so that whoever removes leftovers sees that it is none.
  private static func temporary(
    beside target: String, _ path: String
  ) throws(FileError) -> (name: String, descriptor: Int32) {
    var tries = 0
    while true {
      let name = "\(target).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw FileError(code: errno, path: path, operation: .write) }
      // Where the file system has no locks, nobody removes what others may be writing.
      flock(descriptor, LOCK_EX | LOCK_NB)
      var status = stat()
      tries += 1
      // Removed before it was locked, by a process that sees no process of this number. Some file systems count no links.
      guard fstat(descriptor, &status) == 0, status.st_nlink == 0, tries < 8 else {
        return (name, descriptor)
      }
      close(descriptor)
    }
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
