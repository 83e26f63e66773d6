import Files

/// Reads class folders by torchvision's rule: the class of an image is the first folder below the
/// root, or below the split folder. Folders further down (patients, magnifications) divide no class.
struct ImageFolder {
  /// File names that are taken for images; the content decides what they really are.
  static let extensions: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "jif", "pjpeg", "pjp", "png", "tif", "tiff", "webp", "gif", "bmp",
    "dib", "ppm", "pgm", "pbm", "pnm", "pfm", "fits", "fit", "fts", "jp2", "j2k", "jpf", "jpx",
    "jxl",
    "heic", "heif", "avif",
  ]

  private let root: String
  private let dropped: Set<String>
  private var examples: [Example] = []
  private var problems = DataProblems()
  private var reading = Reading()
  private var others = UncountedTally()
  /// The class folders, those without an image too.
  private var classes: Set<String> = []

  /// - Parameters:
  ///   - root: the folder.
  ///   - dropped: classes that are left out, with whatever is wrong in their folders.
  init(_ root: String, dropping dropped: [String] = []) {
    self.root = root
    self.dropped = Set(dropped)
  }

  static func isImage(_ name: String) -> Bool {
    extensions.contains(FilePath.fileExtension(of: name))
  }

  consuming func dataset() throws(DatasetError) -> Dataset {
    let items = try FolderListing.itemsOrDatasetError(root)
    var trees: [ImageTree] = []
    for item in items where item.isFolder && item.name != "__MACOSX" {
      trees.append(try ImageTree(root, item.name))
    }
    let files = items.filter { !$0.isFolder }.map(\.name)
    let tables = files.filter { ImageTable.isTable($0) }
    let layout = FolderLayout(root: root, trees: trees.filter { !dropped.contains($0.top) })
    let splits = try layout.splits()
    reading.notes += layout.notes(of: splits)
    try layout.checkLabelled(splits, tables: tables)
    let shards = files.filter(ShardList.isShard)
    for file in files where !ShardList.isShard(file) { addBeside(file, tables: tables) }
    for tree in trees {
      if let split = splits[tree.top] { addSplit(tree, split) } else { addClass(tree) }
    }
    try problems.check()
    let unknown = dropped.subtracting(classes)
    guard unknown.isEmpty else {
      throw .unknownClasses(unknown.sorted(), known: ClassList(classes).names)
    }
    if examples.isEmpty { throw nothing(tables) }
    try Self.checkTwins(examples)
    try layout.checkDepth(Set(examples.compactMap(\.label)), splits)
    if !tables.isEmpty { reading.warnings.append(.tablesNotRead(tables)) }
    if !shards.isEmpty { reading.warnings.append(.shardsNotRead(shards)) }
    reading.notes += others.notes
    return Dataset(
      name: FilePath.name(of: FilePath.absolute(root)), layout: .classFolders, examples: examples,
      reading: reading)
  }

  /// Every image below `path`, without labels.
  static func unlabelled(_ path: String) throws(DatasetError) -> Dataset {
    let tree = try ImageTree(path, "")
    if tree.images.isEmpty {
      throw tree.others.files.isEmpty
        ? .empty(path: path, expected: "images") : .noImages(path: path, found: tree.others.files)
    }
    let examples = tree.images.map { image in
      let file = FilePath.join(path, image)
      return Example(path: image, source: .file(FilePath.absolute(file)), file: file)
    }
    try checkTwins(examples)
    return Dataset(
      name: FilePath.name(of: FilePath.absolute(path)), layout: .files, examples: examples,
      reading: Reading(notes: tree.others.notes))
  }

  /// Refuses two files whose names are the same text in two Unicode forms (`é` as one character, or as `e` with its accent): every
  /// table would have them as one image.
  private static func checkTwins(_ examples: [Example]) throws(DatasetError) {
    var seen: Set<String> = []
    for example in examples where !seen.insert(example.path).inserted {
      throw .file(
        .malformed(
          path: example.file,
          reason:
            "two files have this name, in two Unicode forms of the same characters; rename one"
        ))
    }
  }

  private func nothing(_ tables: [String]) -> DatasetError {
    if !tables.isEmpty { return .labelsInTable(path: root, folders: [], tables: tables) }
    guard others.files.isEmpty else { return .noImages(path: root, found: others.files) }
    return .empty(path: root, expected: "a folder per class with images in it, or a labels.csv")
  }

  /// A file beside the class folders.
  private mutating func addBeside(_ name: String, tables: [String]) {
    if Self.isImage(name) {
      problems.add(.imageWithoutClass, at: FilePath.join(root, name))
    } else if !tables.contains(name) {
      others.add(name, file: FilePath.join(root, name))
    }
  }

  private mutating func addSplit(_ tree: ImageTree, _ split: Split) {
    others.add(tree.others)
    report(tree.tables.filter { !isDropped(tree.folder(of: $0)) })
    let filled = Set(tree.filledFolders)
    for folder in tree.folders {
      classes.insert(FilePath.name(of: folder))
      if !filled.contains(folder) && !isDropped(folder) { addEmpty(folder) }
    }
    for image in tree.images {
      guard let folder = tree.folder(of: image) else {
        problems.add(.imageWithoutClass, at: FilePath.join(root, image))
        continue
      }
      if !isDropped(folder) { add(image, label: FilePath.name(of: folder), split) }
    }
    countFolders(tree.images, classAt: 1)
  }

  private mutating func addClass(_ tree: ImageTree) {
    classes.insert(tree.top)
    if dropped.contains(tree.top) { return }
    others.add(tree.others)
    report(tree.tables)
    if tree.images.isEmpty { addEmpty(tree.top) }
    for image in tree.images { add(image, label: tree.top, nil) }
    countFolders(tree.images, classAt: 0)
  }

  /// A class folder without an image; files that may be images of another kind are named.
  private mutating func addEmpty(_ folder: String) {
    let tree = try? ImageTree(FilePath.join(root, folder), "")
    let found = tree?.others.files.filter(\.mayBeImages) ?? []
    problems.add(
      found.isEmpty ? .emptyClassFolder : .noImageThatIsRead(found),
      at: FilePath.join(root, folder))
  }

  private func isDropped(_ folder: String?) -> Bool {
    folder.map { dropped.contains(FilePath.name(of: $0)) } ?? false
  }

  private mutating func add(_ image: String, label: String, _ split: Split?) {
    let file = FilePath.join(root, image)
    examples.append(
      Example(
        path: image, source: .file(FilePath.absolute(file)), label: label, split: split, file: file)
    )
  }

  /// Counts the folders below the class folder, the `classAt`-th of the path.
  private mutating func countFolders(_ images: [String], classAt level: Int) {
    let folders = Set(images.map(FilePath.folder(of:)))
    reading.deeperFolders += folders.count { folder in
      let parts = folder.split(separator: "/")
      return parts.count > level + 1 && !dropped.contains(String(parts[level]))
    }
  }

  private mutating func report(_ tables: [String]) {
    for table in tables { problems.add(.tableInClassFolder, at: FilePath.join(root, table)) }
  }
}
