import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension AtomicFile {
  /// Names in each folder that writers had left when this process first wrote there.
  private static let left = Mutex<[String: [String]]>([:])

  /// Removes what writers that were killed have left in a folder: `NAME.PID.N.tmp` where no process PID runs.
  ///
  /// Best effort: what cannot be listed or removed stays, and so does what a writer of another container holds locked. A file
  /// of this process counts as left, for its number may have been another's before; call it before writing there.
  ///
  /// - Parameter folder: a folder that no other process writes to, see ``FolderClaim``; those in it are not looked at.
  public static func removeLeftovers(in folder: String) {
    for name in leftovers(in: folder) {
      remove(FilePath.join(folder, name), needsLock: false)
    }
  }

  /// Removes what killed writers have left of one file, `NAME.PID.N.tmp` beside it.
  ///
  /// Other processes may be writing there: what is removed is of a process that does not run, and is locked by nobody on
  /// any machine whose locks the file system knows. A folder is listed when this process first writes to it, so that many
  /// files are not many listings.
  static func removeLeftovers(of path: String) {
    let folder = FilePath.folder(of: path)
    let own = left.withLock { left -> [String] in
      let names = left[folder] ?? leftovers(in: folder)
      let prefix = FilePath.name(of: path) + "."
      let own = names.filter { $0.hasPrefix(prefix) && target(of: $0) + "." == prefix }
      left[folder] = names.filter { !own.contains($0) }
      return own
    }
    for name in own { remove(FilePath.join(folder, name), needsLock: true) }
  }

  /// Names of temporary files whose processes do not run, or have the number of this one.
  private static func leftovers(in folder: String) -> [String] {
    guard let items = try? FolderListing.items(folder, hidden: true) else { return [] }
    return items.map(\.name).filter { name in
      guard let process = writer(of: name) else { return false }
      return process == getpid() || (kill(process, 0) != 0 && errno == ESRCH)
    }
  }

  /// Removes a temporary file unless somebody has it locked, as writers do.
  private static func remove(_ file: String, needsLock: Bool) {
    let descriptor = open(file, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let isFree = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    if isFree || (!needsLock && errno != EWOULDBLOCK) { unlink(file) }
  }

  /// The process that a temporary file is of; `nil` of any other name.
  private static func writer(of name: String) -> pid_t? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts.last == "tmp", UInt32(parts[parts.count - 2]) != nil,
      let process = pid_t(parts[parts.count - 3]), process > 0
    else { return nil }
    return process
  }

  /// The name of the file that a temporary file was to become.
  private static func target(of name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: ".")
  }
}
