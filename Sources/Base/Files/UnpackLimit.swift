#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much a compressed file may become in memory: half of what is free when the first one is read.
///
/// A file of a few megabytes can hold gigabytes of zeros. What would not fit is refused by what the file says of
/// itself, before anything is unpacked.
public enum UnpackLimit {
  /// The limit, in bytes.
  public static let bytes = (available ?? 1 << 33) / 2

  /// Refuses what would take more than ``bytes``.
  ///
  /// - Parameters:
  ///   - size: bytes once unpacked, as the file says.
  ///   - name: what errors call the file.
  /// - Throws: ``FileError/malformed(path:reason:)``.
  package static func check(_ size: Int, of name: String) throws(FileError) {
    guard size > bytes else { return }
    throw .malformed(
      path: name,
      reason: "would take \(megabytes(size)) MB unpacked, more than half of the free memory,"
        + " \(megabytes(bytes)) MB; use a machine with more, or a file of fewer rows")
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + 999_999) / 1_000_000 }

  /// Memory that programs can have, in bytes.
  private static var available: Int? {
    #if os(Linux)
      // In /proc, sizes are 0: the file is read to its end.
      guard let bytes = try? FileBytes.read("/proc/meminfo") else { return nil }
      let line = bytes.split(separator: UInt8(ascii: "\n")).first {
        $0.starts(with: "MemAvailable:".utf8)
      }
      let digits = line?.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return digits.flatMap { Int(String(decoding: $0, as: UTF8.self)) }.map { $0 * 1024 }
    #else
      let pages = sysconf(_SC_PHYS_PAGES)
      return pages > 0 ? pages * sysconf(_SC_PAGESIZE) : nil
    #endif
  }
}
