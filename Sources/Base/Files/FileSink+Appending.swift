#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension FileSink {
  /// Adds bytes at the end of a file that is there; nothing is created.
  ///
  /// - Parameters:
  ///   - bytes: what is added.
  ///   - path: the file as the user named it.
  ///   - isSynchronized: whether the disk has them before this returns.
  /// - Throws: ``FileError/missing(path:)`` where the file has gone, else ``FileError`` in the user's words; the file
  ///   may then have a part of the bytes at its end.
  package static func append(
    _ bytes: [UInt8], to path: String, isSynchronized: Bool = false
  ) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else {
      // A path that leads nowhere lacks the file, and need not lack its folder.
      let code = errno
      throw code == ENOENT
        ? .missing(path: path) : FileError(code: code, path: path, operation: .write)
    }
    defer { close(descriptor) }
    var sink = FileSink(descriptor: descriptor, path: path)
    try sink.write(bytes)
    try sink.flush()
    guard !isSynchronized || fsync(descriptor) == 0 else {
      throw FileError(code: errno, path: path, operation: .write)
    }
  }
}
