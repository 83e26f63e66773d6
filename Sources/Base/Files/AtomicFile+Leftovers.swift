#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension AtomicFile {
  /// Removes what writers that were killed have left in a folder: `NAME.PID.N.tmp` where no process PID runs.
  ///
  /// Best effort: what cannot be listed or removed stays. A file of this process counts as left, for its number may have
  /// been another's before; call it before writing there.
  ///
  /// - Parameter folder: a folder that no other process writes to, see ``FolderClaim``; those in it are not looked at.
  public static func removeLeftovers(in folder: String) {
    guard let items = try? FolderListing.items(folder, hidden: true) else { return }
    for name in items.map(\.name) {
      guard let process = writer(of: name) else { continue }
      if process == getpid() || (kill(process, 0) != 0 && errno == ESRCH) {
        unlink(FilePath.join(folder, name))
      }
    }
  }

  /// The process that a temporary file is of; `nil` of any other name.
  private static func writer(of name: String) -> pid_t? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts.last == "tmp", UInt32(parts[parts.count - 2]) != nil,
      let process = pid_t(parts[parts.count - 3]), process > 0
    else { return nil }
    return process
  }
}
