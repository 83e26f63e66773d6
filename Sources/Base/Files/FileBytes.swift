#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads whole files.
public enum FileBytes {
  /// The content of `path`.
  ///
  /// - Throws: ``FileError`` when the file is missing, is a folder, or may not be read.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    let (descriptor, size) = try OpenFile.reading(path)
    defer { close(descriptor) }
    // One byte more than the size: the read that returns 0 then needs no second round.
    var content = try chunk(of: descriptor, size + 1, path)
    while !content.isEmpty {
      let more = try chunk(of: descriptor, 1 << 16, path)
      if more.isEmpty { break }
      content += more
    }
    return content
  }

  /// The first `count` bytes of `path`, or all where it has fewer.
  ///
  /// - Throws: ``FileError`` when the file is missing, is a folder, or may not be read.
  public static func head(of path: String, count: Int) throws(FileError) -> [UInt8] {
    let descriptor = try OpenFile.reading(path).descriptor
    defer { close(descriptor) }
    return try chunk(of: descriptor, count, path)
  }

  /// Up to `count` bytes from the current position; empty at the end of the file.
  static func chunk(
    of descriptor: Int32, _ count: Int, _ path: String
  ) throws(FileError) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        #if canImport(Glibc)
          let got = Glibc.read(descriptor, buffer.baseAddress, count)
        #else
          let got = Darwin.read(descriptor, buffer.baseAddress, count)
        #endif
        if got < 0 { failure = errno }
        filled = max(got, 0)
      }
      if failure == 0 { return bytes }
      if failure != EINTR { throw FileError(code: failure, path: path, operation: .read) }
    }
  }
}
