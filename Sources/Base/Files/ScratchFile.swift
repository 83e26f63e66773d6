#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file for what does not fit into memory, written once from the first byte on, then read.
///
/// It has no name: the system frees its place when it is closed, also when the process is killed.
package struct ScratchFile: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private var sink: FileSink
  /// Bytes written so far, with those that the system took of a write that failed.
  package var count: Int { sink.count }

  /// Makes an empty file on the disk that is to hold `path`.
  ///
  /// - Parameter path: a file that is written from this one; errors name it.
  /// - Throws: ``FileError`` when its folder is missing or may not be written.
  package init(beside path: String) throws(FileError) {
    let target = AtomicFile.followed(path)
    let name = "\(target).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
    descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(code: errno, path: path, operation: .write) }
    unlink(name)
    self.path = path
    sink = FileSink(descriptor: descriptor, path: path)
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError/diskFull(path:)`` or another error of the system.
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    try sink.write(bytes)
  }

  /// Everything written so far, as memory.
  ///
  /// - Throws: ``FileError`` when the system refuses.
  package mutating func mapped() throws(FileError) -> MappedFile {
    try sink.flush()
    return try MappedFile(descriptor: descriptor, count: count, path: path)
  }
}
