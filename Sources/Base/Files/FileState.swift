#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// By what a file is known to be the one that was read before: size, times, and which file of which disk it is.
///
/// The time of change cannot be set by a program, so that content which was replaced is seen even where the time of
/// modification was set back.
package struct FileState: Sendable, Equatable {
  /// Bytes.
  package var size: Int
  /// Time of modification, in nanoseconds since 1970.
  package var modified: Int
  /// Time of change, of content or of what the system keeps beside it, in nanoseconds since 1970.
  package var changed: Int
  /// The file on its disk.
  package var inode: Int
  /// The disk.
  package var device: Int

  /// What is known of a file of another time.
  package init(size: Int, modified: Int, changed: Int, inode: Int, device: Int) {
    (self.size, self.modified, self.changed) = (size, modified, changed)
    (self.inode, self.device) = (inode, device)
  }

  /// The state of a file; nil where there is none.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The state of an open file; nil where it is none.
  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init?(_ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    func nanoseconds(_ time: timespec) -> Int {
      Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
    #if canImport(Glibc)
      let (modified, changed) = (nanoseconds(status.st_mtim), nanoseconds(status.st_ctim))
    #else
      let (modified, changed) = (
        nanoseconds(status.st_mtimespec), nanoseconds(status.st_ctimespec)
      )
    #endif
    self.init(
      size: Int(status.st_size), modified: modified, changed: changed,
      inode: Int(truncatingIfNeeded: status.st_ino), device: Int(truncatingIfNeeded: status.st_dev))
  }

  /// Now, in nanoseconds since 1970, by the clock that the times of files have.
  package static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }
}
