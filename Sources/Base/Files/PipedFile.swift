import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a shell hands over by a pipe, kept in a file without a name for the life of the program, so that it may be read more
/// than once, as most readers do: first to see what it is, then to take it in.
enum PipedFile {
  private struct Pipe: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  private static let kept = Mutex<[Pipe: Int32]>([:])

  /// A descriptor of the bytes of a pipe, at their beginning, with their number; the caller closes it.
  ///
  /// - Parameters:
  ///   - descriptor: the pipe; it is read to its end the first time.
  ///   - status: what the system says of it.
  ///   - path: its name in errors.
  /// - Throws: ``FileError`` where the bytes cannot be read, or the folder for temporary files cannot hold them.
  static func reading(
    _ descriptor: Int32, _ status: stat, _ path: String
  ) throws(FileError) -> (descriptor: Int32, size: Int) {
    let pipe = Pipe(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(truncatingIfNeeded: status.st_ino))
    return try kept.withLock { (kept) throws(FileError) in
      let copy: Int32
      if let known = kept[pipe] {
        copy = known
      } else {
        copy = try copied(descriptor, path)
        kept[pipe] = copy
      }
      return try reopened(copy, path)
    }
  }

  /// An unnamed file with all that comes from a descriptor.
  private static func copied(_ source: Int32, _ path: String) throws(FileError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array((FilePath.join(folder, "steelyard.XXXXXX")).utf8CString)
    let copy = mkstemp(&name)
    guard copy >= 0 else { throw FileError(code: errno, path: folder, operation: .write) }
    unlink(name)
    do throws(FileError) {
      try fill(copy, from: source, path, folder)
      return copy
    } catch {
      close(copy)
      throw error
    }
  }

  private static func fill(
    _ copy: Int32, from source: Int32, _ path: String, _ folder: String
  ) throws(FileError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(source, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(code: errno, path: path, operation: .read) }
      guard count > 0 else { return }
      var done = 0
      while done < count {
        let written = buffer[done..<count].withUnsafeBytes {
          write(copy, $0.baseAddress, $0.count)
        }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw FileError(code: errno, path: folder, operation: .write) }
        done += written
      }
    }
  }

  /// A second descriptor of an unnamed file, at its beginning.
  private static func reopened(
    _ copy: Int32, _ path: String
  ) throws(FileError) -> (descriptor: Int32, size: Int) {
    #if os(Linux)
      // A descriptor with a place of its own, which a duplicate has not.
      let again = open("/proc/self/fd/\(copy)", O_RDONLY | O_CLOEXEC)
    #else
      let again = dup(copy)
      lseek(again, 0, SEEK_SET)
    #endif
    var status = stat()
    guard again >= 0, fstat(again, &status) == 0 else {
      throw FileError(code: errno, path: path, operation: .read)
    }
    return (again, Int(status.st_size))
  }
}
