import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much a compressed file may become in memory: half of what was free at the first one, unless it is said.
///
/// A file of a few megabytes can hold gigabytes of zeros. What would not fit is refused by what the file says of
/// itself, before anything is unpacked; images of an archive are then read one by one, see ``NpzArchive/rows(_:room:)``.
public enum UnpackLimit {
  private static let chosen = Mutex<Int?>(nil)
  private static let half = (available ?? 1 << 33) / 2

  /// The limit, in bytes.
  public static var bytes: Int { chosen.withLock { $0 } ?? half }

  /// Sets the limit for everything that this process reads from now on.
  ///
  /// - Parameter bytes: at least 1; `nil` is half of the free memory again.
  public static func set(_ bytes: Int?) { chosen.withLock { $0 = bytes.map { max(1, $0) } } }

  /// Refuses what would take more than ``bytes``.
  ///
  /// - Parameters:
  ///   - size: bytes once unpacked, as the file says.
  ///   - name: what errors call the file.
  ///   - held: bytes that what belongs to it takes already.
  ///   - reason: why it cannot be read piece by piece; empty where nothing is to be said.
  /// - Throws: ``FileError/malformed(path:reason:)``.
  package static func check(
    _ size: Int, of name: String, held: Int = 0, because reason: String = ""
  ) throws(FileError) {
    let (total, overflow) = size.addingReportingOverflow(held)
    guard overflow || total > bytes else { return }
    let isSaid = chosen.withLock { $0 != nil }
    throw .malformed(
      path: name,
      reason: "would take \(megabytes(overflow ? size : total)) MB unpacked, more than "
        + (isSaid ? "--max-unpacked allows" : "half of the free memory")
        + ", \(megabytes(bytes)) MB" + (reason.isEmpty ? "" : " (\(reason))")
        + "; allow more with --max-unpacked SIZE, or use a file of fewer rows")
  }

  private static func megabytes(_ bytes: Int) -> Int {
    bytes / 1_000_000 + (bytes % 1_000_000 == 0 ? 0 : 1)
  }

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
