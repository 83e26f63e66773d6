import Files

/// Whether opening data needs a label for every image.
public enum LabelPolicy: Sendable {
  /// For training and evaluation.
  case required
  /// For prediction: labels are kept where the data have them.
  case optional
}

extension Dataset {
  /// Opens data of any known layout.
  ///
  /// | path | read as |
  /// |---|---|
  /// | `.csv`, `.tsv`, `.tab`, `.jsonl` | a table of images, see ``ManifestColumns`` |
  /// | `.npz` | MedMNIST |
  /// | folder with `labels.*`, `metadata.*` or `manifest.*` | that table |
  /// | folder of split folders with such a table in each | these tables |
  /// | folder with `train-images…` IDX files, `.gz` too | MNIST-style IDX |
  /// | folder of class folders, or of split folders with class folders | the first folder, or the second, is the class |
  ///
  /// As in torchvision, folders below a class folder belong to it. Layouts that leave doubt are
  /// errors: class folders that hold split folders, a single folder that holds the classes, images
  /// beside class folders. `classes.txt` beside a table names the classes that it numbers from 0.
  ///
  /// - Parameters:
  ///   - path: file or folder.
  ///   - imageRoot: the folder that relative paths of a table start from; nil is the table's own.
  ///   - labels: whether every image needs a label.
  /// - Throws: ``DatasetError``; everything wrong with a table or folder is reported together.
  public static func open(
    _ path: String, imageRoot: String? = nil, labels: LabelPolicy = .required
  ) throws(DatasetError) -> Dataset {
    let data = try opened(path, imageRoot: imageRoot, labels: labels)
    if let imageRoot, data.layout != .manifest {
      throw .imageRootWithoutTable(path: path, root: imageRoot)
    }
    return data
  }

  private static func opened(
    _ path: String, imageRoot: String?, labels: LabelPolicy
  ) throws(DatasetError) -> Dataset {
    if FilePath.isFolder(path) {
      return try openFolder(path, imageRoot: imageRoot, labels: labels)
    }
    guard FilePath.isFile(path) else { throw .file(.missing(path: path)) }
    let kind = FilePath.fileExtension(of: path)
    if ManifestReader.extensions.contains(kind) {
      return try ManifestReader(path: path, imageRoot: imageRoot, labels: labels).dataset()
    }
    if kind == "npz" { return try MedMNISTReader.dataset(path) }
    if labels == .optional && ImageFolder.extensions.contains(kind) {
      let example = Example(path: path, source: .file(FilePath.absolute(path)), file: path)
      return Dataset(name: FilePath.name(of: path), layout: .files, examples: [example])
    }
    throw .unknownKind(path: path)
  }

  /// Opens images to predict on: any mixture of image files, folders and tables. The path of an image
  /// in a folder begins with the folder as it was given, whether one was given or several.
  ///
  /// - Parameters:
  ///   - paths: files and folders.
  ///   - imageRoot: the folder that relative paths of tables start from; nil is the table's own.
  /// - Throws: ``DatasetError``, also when the same image is named twice.
  public static func unlabelled(
    _ paths: [String], imageRoot: String? = nil
  ) throws(DatasetError) -> Dataset {
    guard let first = paths.first else {
      throw .empty(path: "images", expected: "at least one path")
    }
    if paths.count == 1 {
      var only = try open(first, imageRoot: imageRoot, labels: .optional)
      if only.pixels == nil && FilePath.isFolder(first) {
        for index in only.examples.indices {
          only.examples[index].path = FilePath.join(first, only.examples[index].path)
        }
      }
      return only
    }
    var all = Dataset(name: FilePath.name(of: first), layout: .files, examples: [])
    var problems = DataProblems()
    var seen: [String: String] = [:]
    var hasTable = false
    for path in paths {
      let part = try opened(path, imageRoot: imageRoot, labels: .optional)
      hasTable = hasTable || part.layout == .manifest
      guard part.pixels == nil else { throw .unknownKind(path: path) }
      let folder = FilePath.isFolder(path) ? path : ""
      for var example in part.examples {
        example.path = FilePath.join(folder, example.path)
        if let first = seen.updateValue(example.origin, forKey: example.path) {
          problems.add(.duplicatePath(example.path, first: first), at: example.origin)
        }
        all.examples.append(example)
      }
    }
    try problems.check()
    if let imageRoot, !hasTable { throw .imageRootWithoutTable(path: first, root: imageRoot) }
    return all
  }

  private static func openFolder(
    _ path: String, imageRoot: String?, labels: LabelPolicy
  ) throws(DatasetError) -> Dataset {
    let items = try FolderListing.itemsOrDatasetError(path)
    if let table = try ManifestReader.table(in: items, folder: path) {
      return try ManifestReader(
        path: FilePath.join(path, table), imageRoot: imageRoot, labels: labels
      ).dataset(name: FilePath.name(of: FilePath.absolute(path)))
    }
    if let files = IDXReader.files(in: items) { return try IDXReader.dataset(path, files) }
    if labels == .optional { return try ImageFolder.unlabelled(path) }
    if let entries = try SplitTables.entries(in: items, root: path) {
      return try SplitTables.dataset(path, entries, imageRoot: imageRoot)
    }
    return try ImageFolder(path).dataset()
  }
}

extension FolderListing {
  static func itemsOrDatasetError(_ path: String) throws(DatasetError) -> [Item] {
    do throws(FileError) { return try items(path) } catch { throw .file(error) }
  }
}
