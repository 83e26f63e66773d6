import Files

/// What lies beside the images of a table without being listed in it.
enum UnlistedImages {
  /// Counts it below the deepest folder that holds all images, if that lies below `root`; else in the
  /// folders of the images themselves, since images may be anywhere on a disk.
  ///
  /// - Parameters:
  ///   - files: the images of the table, by whole paths.
  ///   - root: the folder that paths of the table start from, as a whole path.
  ///   - table: the table, which is not counted itself.
  static func tally(besides files: [String], root: String, table: String) -> UncountedTally {
    guard let common = commonFolder(of: files) else { return UncountedTally() }
    var tally = UncountedTally()
    let listed = Set(files)
    let below = root == "/" ? root : root + "/"
    if common == root || common.hasPrefix(below) {
      let tree = ImageTree(
        searching: common, limit: ImageIndex.limit,
        passingOver: [FilePath.name(of: table), ClassFile.name])
      let shown = String(common.dropFirst(below.count))
      for image in tree.images where !listed.contains(FilePath.join(common, image)) {
        tally.add(.unlisted, FilePath.join(shown, image))
      }
      tally.add(tree.others, below: shown)
    } else {
      for folder in Set(files.map(FilePath.folder(of:))) {
        for item in (try? FolderListing.items(folder)) ?? []
        where !item.isFolder && ImageFolder.isImage(item.name) {
          let file = FilePath.join(folder, item.name)
          if !listed.contains(file) { tally.add(.unlisted, file) }
        }
      }
    }
    return tally
  }

  /// The deepest folder that holds all files; nil without a file.
  private static func commonFolder(of files: [String]) -> String? {
    guard let first = files.first else { return nil }
    var common = FilePath.folder(of: first)
    for file in files {
      while common != "/" && !file.hasPrefix(common + "/") { common = FilePath.folder(of: common) }
    }
    return common
  }
}
