#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What stands in a folder.
public enum FolderListing {
  /// One file or folder.
  public struct Item: Sendable, Equatable {
    /// Its name, without the folder.
    public let name: String
    /// Whether it is a folder; links are followed.
    public let isFolder: Bool
  }

  /// The files and folders of `path`, sorted by the bytes of their names.
  ///
  /// - Parameter hidden: whether those whose names begin with a point are among them.
  /// - Throws: ``FileError`` when the folder is missing or may not be read.
  public static func items(
    _ path: String, hidden: Bool = false
  ) throws(FileError) -> [Item] {
    guard let folder = opendir(path) else {
      throw FileError(code: errno, path: path, operation: .read)
    }
    defer { closedir(folder) }
    var items: [Item] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name.hasPrefix(".") && (!hidden || name == "." || name == "..") { continue }
      let kind = Int32(entry.pointee.d_type)
      // Links, and file systems that do not tell the kind, need a look at the file itself.
      let isFolder =
        kind == Int32(DT_DIR)
        || (kind != Int32(DT_REG) && FilePath.isFolder(FilePath.join(path, name)))
      items.append(Item(name: name, isFolder: isFolder))
    }
    return items.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

extension FilePath {
  /// Whether `path` is a folder; links are followed.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether something stands at `path` that is no folder; links are followed.
  public static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// `path` from the root, with `.` and empty components taken out; links and `..` stay.
  public static func absolute(_ path: String) -> String {
    guard !path.isEmpty else { return path }
    var full = path
    if !path.hasPrefix("/") {
      guard let folder = getcwd(nil, 0) else { return path }
      defer { free(folder) }
      full = String(cString: folder) + "/" + path
    }
    return "/" + full.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
