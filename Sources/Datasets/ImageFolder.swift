import Files

/// Reads class folders: the class of an image is the name of the folder that holds it.
struct ImageFolder {
  /// File names that are taken for images; the content decides what they really are.
  static let extensions: Set<String> = [
    "jpg", "jpeg", "jpe", "png", "tif", "tiff", "webp", "gif", "bmp", "ppm", "pgm", "pbm", "pfm",
    "fits", "fit", "fts", "jp2", "j2k", "jxl", "heic", "heif", "avif",
  ]

  private let root: String
  private var examples: [Example] = []
  private var problems = DataProblems()

  init(_ root: String) { self.root = root }

  /// The images of one tree with the folders that hold them, sorted by path.
  private struct Tree {
    var images: [String] = []
    var barren: [String] = []
  }

  consuming func dataset() throws(DatasetError) -> Dataset {
    let items = try FolderListing.itemsOrDatasetError(root)
    var trees: [(name: String, tree: Tree)] = []
    for item in items where item.isFolder && item.name != "__MACOSX" {
      trees.append((item.name, try Self.tree(root, item.name)))
    }
    let splitNames = try splitFolders(trees)
    for item in items where !item.isFolder && Self.isImage(item.name) {
      problems.add(.imageWithoutClass, at: FilePath.join(root, item.name))
    }
    for (name, tree) in trees {
      add(tree, split: splitNames.contains(name) ? Split(synonym: name) : nil, below: name)
    }
    try problems.check()
    let name = FilePath.name(of: FilePath.absolute(root))
    if examples.isEmpty {
      throw .empty(path: root, expected: "a folder per class with images in it, or a labels.csv")
    }
    return Dataset(name: name, layout: .classFolders, examples: examples)
  }

  /// Every image below `path`, without labels.
  static func unlabelled(_ path: String) throws(DatasetError) -> Dataset {
    let images = try tree(path, "").images
    if images.isEmpty { throw .empty(path: path, expected: "images") }
    let examples = images.map { image in
      let file = FilePath.join(path, image)
      return Example(path: image, source: .file(FilePath.absolute(file)), file: file)
    }
    return Dataset(
      name: FilePath.name(of: FilePath.absolute(path)), layout: .files, examples: examples)
  }

  /// The top folders that are splits: those called so whose images lie in folders of their own.
  /// A class may be called `test`; then its images lie in it directly.
  private func splitFolders(
    _ trees: [(name: String, tree: Tree)]
  ) throws(DatasetError) -> Set<String> {
    let filled = trees.filter { !$0.tree.images.isEmpty }
    let splits = filled.filter { entry in
      Split(synonym: entry.name) != nil
        && entry.tree.images.allSatisfy { $0.dropFirst(entry.name.count + 1).contains("/") }
    }
    let names = Set(splits.map(\.name))
    if names.count == filled.count { return names }
    guard splits.contains(where: { Split(synonym: $0.name) == .train }) else { return [] }
    throw .mixedFolders(
      path: root, splits: splits.map(\.name),
      others: filled.map(\.name).filter { !names.contains($0) })
  }

  private mutating func add(_ tree: Tree, split: Split?, below top: String) {
    for folder in tree.barren where split == nil || folder != top {
      problems.add(.emptyClassFolder, at: FilePath.join(root, folder))
    }
    for image in tree.images {
      let file = FilePath.join(root, image)
      examples.append(
        Example(
          path: image, source: .file(FilePath.absolute(file)),
          label: FilePath.name(of: FilePath.folder(of: image)), split: split, file: file))
    }
  }

  private static func isImage(_ name: String) -> Bool {
    extensions.contains(FilePath.fileExtension(of: name))
  }

  private static func tree(_ root: String, _ top: String) throws(DatasetError) -> Tree {
    var tree = Tree()
    var waiting = [(folder: top, depth: 0)]
    while let (folder, depth) = waiting.popLast() {
      // Folder links may form a circle.
      guard depth < 64 else {
        throw .file(
          .malformed(
            path: FilePath.join(root, folder), reason: "folders nest deeper than 64 (a link loop?)")
        )
      }
      let items = try FolderListing.itemsOrDatasetError(FilePath.join(root, folder))
      let images = items.filter { !$0.isFolder && isImage($0.name) }
      let folders = items.filter { $0.isFolder && $0.name != "__MACOSX" }
      tree.images += images.map { FilePath.join(folder, $0.name) }
      if images.isEmpty && folders.isEmpty { tree.barren.append(folder) }
      waiting += folders.map { (FilePath.join(folder, $0.name), depth + 1) }
    }
    tree.images.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    tree.barren.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return tree
  }
}
