#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that one process has to itself, as long as the value lives. The system lets go of it when the process ends,
/// killed or not.
///
/// It is `flock`: between processes that ask, and nothing that others must clean up.
public final class FolderClaim: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Takes a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder; it must be there.
  ///   - file: name of a file in it that is made and locked; `nil` locks the folder itself, which leaves nothing in
  ///     it, asks for no right to write, and promises nothing on file systems that lock no folders.
  /// - Throws: ``FolderClaimError``.
  public init(_ folder: String, file: String? = nil) throws(FolderClaimError) {
    path = file.map { FilePath.join(folder, $0) } ?? folder
    let flags = file == nil ? O_RDONLY | O_DIRECTORY : O_RDWR | O_CREAT
    descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .cannotTake(folder, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    let code = errno
    if code != EWOULDBLOCK && file == nil { return }
    close(descriptor)
    throw code == EWOULDBLOCK
      ? .busy(folder) : .cannotTake(folder, reason: String(cString: strerror(code)))
  }

  deinit { close(descriptor) }

  /// Whether the folder is still the one that was claimed: whoever had it before may have removed it in between.
  public var isInPlace: Bool {
    var (held, there) = (stat(), stat())
    return fstat(descriptor, &held) == 0 && stat(path, &there) == 0 && held.st_ino == there.st_ino
  }
}

/// Why a folder cannot be had.
public enum FolderClaimError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another process has it.
  case busy(String)
  /// The system refuses.
  case cannotTake(String, reason: String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .busy(let path): "\(path): another steelyard works in this folder; wait for it"
    case .cannotTake(let path, let reason): "\(path): cannot be taken: \(reason)"
    }
  }
}
