#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Room on a disk, and files that nobody uses any more.
public enum DiskRoom {
  /// Bytes that a user may still write in a folder, or in the nearest one above it that is there; nil where the system does
  /// not say.
  public static func free(in folder: String) -> Int? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else {
      let above = FilePath.folder(of: folder)
      return errno == ENOENT && above != folder ? free(in: above) : nil
    }
    let (bytes, overflow) = Int(status.f_bavail).multipliedReportingOverflow(
      by: Int(status.f_frsize))
    return overflow ? .max : bytes
  }

  /// Notes that a file is used, by its time of modification; nothing happens where that may not be set.
  public static func touch(_ path: String) { utimes(path, nil) }

  /// Removes the files of a folder that were last used, or written, before a time.
  ///
  /// - Parameters:
  ///   - folder: the folder; what lies in folders below it stays.
  ///   - fileExtension: of the files that are meant.
  ///   - days: how long a file is kept.
  public static func removeUnused(in folder: String, fileExtension: String, after days: Int) {
    let oldest = FileState.now - days * 86_400 * 1_000_000_000
    for item in (try? FolderListing.items(folder)) ?? [] where !item.isFolder {
      let path = FilePath.join(folder, item.name)
      guard FilePath.fileExtension(of: item.name) == fileExtension,
        let state = FileState(of: path), state.modified < oldest
      else { continue }
      unlink(path)
    }
  }
}
