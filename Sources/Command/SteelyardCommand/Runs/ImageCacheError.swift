import Console
import Files

/// Why decoded images are not kept on the disk.
enum ImageCacheError: Error, Equatable, CustomStringConvertible {
  /// The folder cannot be made.
  case noFolder(String)
  /// The disk has less room than they take.
  case noRoom(folder: String, bytes: Int, free: Int)
  /// A signal came while they were written.
  case stopped

  /// One sentence: what cannot be done, and what to do.
  var description: String {
    switch self {
    case .noFolder(let folder):
      "--cache disk: the folder \(folder) cannot be made; name another place with XDG_CACHE_HOME, or keep images in"
        + " memory with --cache ram"
    case .noRoom(let folder, let bytes, let free):
      "--cache disk: decoded images take about \(Format.bytes(bytes)), and \(folder) has \(Format.bytes(free)) free; name"
        + " another place with XDG_CACHE_HOME, or keep images in memory with --cache ram"
    case .stopped:
      "stopped while images were decoded for --cache; nothing was written: start the same command again"
    }
  }
}
