import Files

/// Tells whether two paths of a table name one file: `x/../a.png` and `a.png` do, which their texts do not say. Without a path
/// that goes up, the texts are compared alone, and a file by way of a link is another.
struct FileKeys {
  /// What two paths of one file have in common.
  struct Key: Hashable {
    let folder: FolderIdentity?
    let text: String
  }

  /// Whether folders are looked at: only where a path goes up, for it takes a call of the system for each.
  private let looksAtFolders: Bool
  private var known: [String: FolderIdentity?] = [:]

  /// - Parameter files: whole paths.
  init(_ files: some Sequence<String>) {
    looksAtFolders = files.contains { $0.contains("/../") }
  }

  /// - Parameter file: one of the paths.
  mutating func key(of file: String) -> Key {
    guard looksAtFolders else { return Key(folder: nil, text: file) }
    let folder = FilePath.folder(of: file)
    let identity = known[folder] ?? FolderIdentity(of: folder)
    known[folder] = .some(identity)
    return Key(folder: identity, text: identity == nil ? file : FilePath.name(of: file))
  }
}
