import Files

/// Reads class folders by torchvision's rule: the class of an image is the first folder below the
/// root, or below the split folder. Folders further down (patients, magnifications) divide no class.
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

  static func isImage(_ name: String) -> Bool {
    extensions.contains(FilePath.fileExtension(of: name))
  }

  consuming func dataset() throws(DatasetError) -> Dataset {
    let items = try FolderListing.itemsOrDatasetError(root)
    var trees: [ImageTree] = []
    for item in items where item.isFolder && item.name != "__MACOSX" {
      trees.append(try ImageTree(root, item.name))
    }
    let splits = try splitFolders(trees)
    if splits.isEmpty { try checkOrder(trees) }
    for item in items where !item.isFolder && Self.isImage(item.name) {
      problems.add(.imageWithoutClass, at: FilePath.join(root, item.name))
    }
    for tree in trees {
      if splits.contains(tree.top), let split = Split(synonym: tree.top) {
        addSplit(tree, split)
      } else {
        addClass(tree)
      }
    }
    try problems.check()
    if examples.isEmpty {
      throw .empty(path: root, expected: "a folder per class with images in it, or a labels.csv")
    }
    try checkDepth(trees, splits)
    return Dataset(
      name: FilePath.name(of: FilePath.absolute(root)), layout: .classFolders, examples: examples)
  }

  /// Every image below `path`, without labels.
  static func unlabelled(_ path: String) throws(DatasetError) -> Dataset {
    let images = try ImageTree(path, "").images
    if images.isEmpty { throw .empty(path: path, expected: "images") }
    let examples = images.map { image in
      let file = FilePath.join(path, image)
      return Example(path: image, source: .file(FilePath.absolute(file)), file: file)
    }
    return Dataset(
      name: FilePath.name(of: FilePath.absolute(path)), layout: .files, examples: examples)
  }

  /// The top folders that are splits: all, when each is called so. Beside others, a folder of that
  /// name is a class (a `test`, a `train` on rails) unless it holds folders itself.
  private func splitFolders(_ trees: [ImageTree]) throws(DatasetError) -> Set<String> {
    let filled = trees.filter { !$0.images.isEmpty }
    let named = filled.filter { Split(synonym: $0.top) != nil }
    if named.count == filled.count { return Set(named.map(\.top)) }
    let nested = named.filter { !$0.filledFolders.isEmpty }
    guard nested.contains(where: { Split(synonym: $0.top) == .train }) else { return [] }
    throw .mixedFolders(
      path: root, splits: nested.map(\.top),
      others: filled.map(\.top).filter { top in !nested.contains { $0.top == top } })
  }

  private mutating func addSplit(_ tree: ImageTree, _ split: Split) {
    report(tree.tables)
    let filled = Set(tree.filledFolders)
    for folder in tree.folders where !filled.contains(folder) {
      problems.add(.emptyClassFolder, at: FilePath.join(root, folder))
    }
    for image in tree.images {
      if let folder = tree.folder(of: image) {
        add(image, label: FilePath.name(of: folder), split)
      } else {
        problems.add(.imageWithoutClass, at: FilePath.join(root, image))
      }
    }
  }

  private mutating func addClass(_ tree: ImageTree) {
    report(tree.tables)
    if tree.images.isEmpty { problems.add(.emptyClassFolder, at: FilePath.join(root, tree.top)) }
    for image in tree.images { add(image, label: tree.top, nil) }
  }

  private mutating func add(_ image: String, label: String, _ split: Split?) {
    let file = FilePath.join(root, image)
    examples.append(
      Example(
        path: image, source: .file(FilePath.absolute(file)), label: label, split: split, file: file)
    )
  }

  private mutating func report(_ tables: [String]) {
    for table in tables { problems.add(.tableInClassFolder, at: FilePath.join(root, table)) }
  }

  /// `cat/train/1.jpg` is not `train/cat/1.jpg`: a split that was meant must not be drawn anew.
  private func checkOrder(_ trees: [ImageTree]) throws(DatasetError) {
    for tree in trees {
      let inner = tree.filledFolders.filter { Split(synonym: FilePath.name(of: $0)) != nil }
      let splits = Set(inner.compactMap { Split(synonym: FilePath.name(of: $0)) })
      if splits.count > 1 && splits.contains(.train) {
        throw .splitsInsideClass(path: root, folders: inner)
      }
    }
  }

  /// One class that holds several folders: those are the classes, and `root` is too high.
  private func checkDepth(_ trees: [ImageTree], _ splits: Set<String>) throws(DatasetError) {
    guard Set(examples.map(\.label)).count == 1 else { return }
    for tree in trees {
      let inner = try splits.contains(tree.top) ? tree.filledFolders.map(below) : [tree]
      for only in inner where only.filledFolders.count > 1 {
        guard only.images.allSatisfy({ only.folder(of: $0) != nil }) else { continue }
        throw .classesTooDeep(
          folder: FilePath.join(root, only.top),
          inner: only.filledFolders.map(FilePath.name(of:)))
      }
    }
  }

  private func below(_ folder: String) throws(DatasetError) -> ImageTree {
    try ImageTree(root, folder)
  }
}
