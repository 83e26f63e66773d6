import Files

/// The tar shards that a path stands for.
struct ShardList {
  struct Shard {
    let path: String
    /// What the folder of the shard says, where it is a split folder.
    let split: Split?
  }

  /// The path as it was given.
  let path: String
  /// Where a `classes.txt` may lie.
  let folder: String
  private(set) var shards: [Shard] = []
  /// Other files of the folder.
  private(set) var others = UncountedTally()

  /// What the data are called.
  var name: String {
    FilePath.isFolder(path) ? FilePath.name(of: FilePath.absolute(path)) : FilePath.stem(of: path)
  }

  /// One shard.
  init(file: String) {
    (path, folder) = (file, FilePath.folder(of: file))
    shards = [Shard(path: file, split: nil)]
  }

  /// The shards of a ``ShardPattern``.
  ///
  /// - Throws: ``DatasetError/problems(_:)`` that names the shards which are not there.
  init(pattern: String) throws(DatasetError) {
    (path, folder) = (pattern, FilePath.folder(of: pattern))
    var problems = DataProblems()
    for path in try ShardPattern.paths(pattern) {
      if !FilePath.isFile(path) { problems.add(.noSuchFile, at: path) }
      shards.append(Shard(path: path, split: nil))
    }
    try problems.check()
  }

  /// The shards of a folder or of its split folders; nil where there is none, or images lie there too.
  init?(folder: String, _ items: [FolderListing.Item]) throws(DatasetError) {
    (path, self.folder) = (folder, folder)
    for item in items {
      let place = FilePath.join(folder, item.name)
      if !item.isFolder {
        add(place, nil, shown: item.name)
      } else if let split = Split(synonym: item.name) {
        for inner in try FolderListing.itemsOrDatasetError(place) where !inner.isFolder {
          add(FilePath.join(place, inner.name), split, shown: "\(item.name)/\(inner.name)")
        }
      }
    }
    guard !shards.isEmpty, try ImageTree(folder, "").images.isEmpty else { return nil }
  }

  private mutating func add(_ file: String, _ split: Split?, shown: String) {
    if Self.isShard(file) {
      shards.append(Shard(path: file, split: split))
    } else if FilePath.name(of: file) != ClassFile.name {
      others.add(shown, file: file)
    }
  }

  /// Whether a file is a tar archive by its name.
  static func isShard(_ name: String) -> Bool { FilePath.fileExtension(of: name) == "tar" }

  /// Whether a file is a compressed tar archive by its name.
  static func isCompressed(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      ".tar.gz", ".tgz", ".tar.zst", ".tzst", ".tar.xz", ".txz", ".tar.bz2", ".tbz", ".tbz2",
    ].contains(where: name.hasSuffix)
  }
}
