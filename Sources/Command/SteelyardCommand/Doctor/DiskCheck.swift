import Foundation

/// Room for run directories: a run of a small network writes some tens of megabytes.
enum DiskCheck {
  private static let least = 1_000_000_000

  /// Checks the file system that holds `path`.
  static func check(_ path: String) -> Check {
    guard
      let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path),
      let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue
    else {
      return Check("disk", .limited, "cannot tell how much room there is in \(path)", fix: "see df")
    }
    let found = "\(gigabytes(free)) GB free here"
    guard FileManager.default.isWritableFile(atPath: path) else {
      return Check(
        "disk", .limited, found + ", but this folder cannot be written",
        fix: "work in another folder, or name one with --output-dir")
    }
    return free >= least
      ? Check("disk", .ok, found)
      : Check("disk", .limited, found, fix: "make room, or name another disk with --output-dir")
  }

  private static func gigabytes(_ bytes: Int) -> String {
    let tenths = bytes / 100_000_000
    return "\(tenths / 10).\(tenths % 10)"
  }
}
