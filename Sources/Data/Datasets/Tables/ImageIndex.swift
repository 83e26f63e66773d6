import Files

/// The image files below a folder by their names, for tables that give no folder or no extension.
struct ImageIndex {
  /// The walk ends after this many files, so that a table in a home folder does not search a disk.
  static let limit = 500_000

  /// Paths from the folder, by file name; names that differ only in how accents are encoded are one.
  private var pathsOfName: [String: [String]] = [:]
  /// The same by file name without extension.
  private var pathsOfStem: [String: [String]] = [:]
  /// The same by file name in lower case.
  private var pathsOfLowerName: [String: [String]] = [:]

  init(_ folder: String) {
    let tree = ImageTree(searching: folder, limit: Self.limit)
    for path in tree.images {
      let name = FilePath.name(of: path)
      pathsOfName[name, default: []].append(path)
      pathsOfStem[FilePath.stem(of: name), default: []].append(path)
      pathsOfLowerName[name.lowercased(), default: []].append(path)
    }
  }

  /// The files that `path` may mean: of its name, or of its name with some extension, in the folders that
  /// it names.
  func files(_ path: String) -> [String] {
    let name = FilePath.name(of: path)
    let folders = path.split(separator: "/").dropLast()
    func inFolders(_ candidates: [String]?) -> [String] {
      (candidates ?? []).filter { candidate in
        candidate.split(separator: "/").dropLast().suffix(folders.count).elementsEqual(folders)
      }
    }
    let named = inFolders(pathsOfName[name])
    return named.isEmpty ? inFolders(pathsOfStem[name]) : named
  }

  /// A file that `path` may have meant, to be shown: one whose name differs in the case of its letters,
  /// or one of the same name in another folder.
  func hint(_ path: String) -> String? {
    let name = FilePath.name(of: path)
    return (pathsOfName[name] ?? pathsOfLowerName[name.lowercased()] ?? pathsOfStem[name])?.first
  }
}
