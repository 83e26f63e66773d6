#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension AtomicFile {
  /// Whether something stands at `path` that is no file and no folder: a pipe, a device, a socket.
  package static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Where a link to a file leads; `path` itself where it is no link, or leads nowhere.
  static func followed(_ path: String) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
      let place = realpath(path, nil)
    else { return path }
    defer { free(place) }
    return String(cString: place)
  }

  /// Lets those read and write a file who might do so with the one that it replaces, and no others.
  static func keepMode(of path: String, on descriptor: Int32) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    fchmod(descriptor, status.st_mode & 0o777)
  }

  /// Writes into what stands at `path`, which nobody can take back.
  static func pour(
    into path: String, _ body: (inout FileSink) throws(FileError) -> Void
  ) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(code: errno, path: path, operation: .write) }
    defer { close(descriptor) }
    var sink = FileSink(descriptor: descriptor, path: path)
    try body(&sink)
    try sink.flush()
  }
}
