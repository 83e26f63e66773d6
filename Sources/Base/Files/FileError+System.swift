#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension FileError {
  /// The error for a number that the operating system left in `errno`.
  ///
  /// - Parameters:
  ///   - code: the number, as the failed call left it.
  ///   - path: the file as the user named it.
  ///   - operation: what was being done.
  package init(code: Int32, path: String, operation: Operation) {
    switch (code, operation) {
    case (ENOENT, .read), (ENOTDIR, .read):
      self = .missing(path: path)
    case (ENOTDIR, .write):
      self = .system(
        path: path, operation: operation, code: code,
        reason: "a part of its path is a file, expected folders; choose another path")
    case (ENOENT, .write):
      self = .missingFolder(path: path, folder: FilePath.folder(of: path))
    case (EACCES, _), (EPERM, _):
      self = .permissionDenied(path: path, operation: operation)
    case (EROFS, _):
      self = .readOnly(path: path)
    case (ENOSPC, _), (EDQUOT, _):
      self = .diskFull(path: path)
    case (EISDIR, _):
      self = .isFolder(path: path)
    default:
      self = .system(
        path: path, operation: operation, code: code, reason: String(cString: strerror(code)))
    }
  }
}
