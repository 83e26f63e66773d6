#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Opens files for reading.
enum OpenFile {
  /// What names begin with by which a shell hands over its own pipes.
  private static let streams = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"]

  /// A descriptor of a file, with what the system says of it; the caller closes it.
  ///
  /// A pipe among images would be waited for, and a device read, for ever. So both are refused, except under the
  /// names by which a shell hands over its own (`/dev/stdin`, `/dev/fd/63`), which may be read any number of times.
  ///
  /// - Throws: ``FileError`` when the file is missing, is a folder, a pipe or a device, or may not be read.
  static func reading(_ path: String) throws(FileError) -> (descriptor: Int32, size: Int) {
    // Without O_NONBLOCK, opening a pipe that nobody writes into waits.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(code: errno, path: path, operation: .read) }
    do throws(FileError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else {
        throw FileError(code: errno, path: path, operation: .read)
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR: throw .isFolder(path: path)
      default: guard streams.contains(where: path.hasPrefix) else { throw .notAFile(path: path) }
      }
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
      guard status.st_mode & S_IFMT == S_IFIFO else { return (descriptor, Int(status.st_size)) }
      let copy = try PipedFile.reading(descriptor, status, path)
      close(descriptor)
      return copy
    } catch {
      close(descriptor)
      throw error
    }
  }
}
