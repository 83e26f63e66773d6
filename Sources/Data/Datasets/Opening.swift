import Files
import Imaging

/// How a path becomes a data set: which reader takes it, with what it needs to know.
struct Opening {
  var imageRoot: String?
  var labels: LabelPolicy
  var columns: ColumnNames
  var dropped: [String] = []
  /// What the data are; nil where it is to be found out.
  var input: InputKind?
  /// The table that says what rows of numbers are.
  var rowLabels: String?
  /// The table that has the columns of text of rows of features.
  var textTable: String?

  /// The columns that are asked for of the data themselves.
  var asked: [String] {
    guard textTable != nil else { return columns.all }
    var own = columns
    (own.path, own.texts) = (nil, [])
    return own.all
  }

  func open(_ path: String) throws(DatasetError) -> Dataset {
    guard !path.isEmpty else { throw .file(.missing(path: "")) }
    let sign = input == nil ? try InputSign(at: path) : nil
    let kind = input ?? sign?.kind ?? .images
    if !columns.texts.isEmpty && kind != .features {
      throw .textsWithoutTable(path: path, columns: columns.texts)
    }
    if !columns.categories.isEmpty && kind != .features {
      throw .categoriesWithoutTable(path: path, columns: columns.categories)
    }
    if let textTable, columns.texts.isEmpty {
      throw .badParameter(
        name: "text table", value: textTable, expected: "columns of text to take of it")
    }
    if kind == .images {
      if let rowLabels { throw .labelsWithoutRows(path: path, labels: rowLabels) }
      return try images(path)
    }
    if labels == .several && kind == .series { throw .oneClassOnly(path: path, layout: .series) }
    return try RowOpening(
      labels: labels, columns: columns, sign: sign, table: rowLabels,
      textsElsewhere: textTable != nil
    )
    .open(path, as: kind)
    .joiningTexts(of: textTable, columns, opened: path)
    .leavingOut(dropped)
  }

  private func images(_ path: String) throws(DatasetError) -> Dataset {
    if FilePath.isFolder(path) { return try folder(path) }
    if ShardPattern.isOne(path) {
      return try shards(ShardList(pattern: path)).leavingOut(labelsIn: self)
    }
    guard FilePath.isFile(path) else { throw .file(.missing(path: path)) }
    let kind = FilePath.fileExtension(of: path)
    if ImageTable.extensions.contains(kind) {
      return try table(path).dataset().leavingOut(labelsIn: self)
    }
    if kind == "npz" {
      return try MedMNISTReader.dataset(path, labels: labels).leavingOut(dropped)
    }
    let head = (try? FileBytes.head(of: path, count: FileKind.headLength)) ?? []
    if ShardList.isShard(path) || ShardList.isCompressed(path) || TarArchive.isOne(head: head) {
      return try archive(path).leavingOut(labelsIn: self)
    }
    let foreign = FileKind(name: path) ?? FileKind(head: head)
    let isImage =
      ImageFolder.isImage(path) || (foreign == nil && ImageFormat(signatureOf: head) != nil)
    if labels == .optional && isImage {
      let example = Example(path: path, source: .file(FilePath.absolute(path)), file: path)
      return Dataset(name: FilePath.name(of: path), layout: .files, examples: [example])
    }
    if let foreign { throw .foreignFile(path: path, kind: foreign) }
    if ImageTable.vagueExtensions.contains(kind) && isTable(head) {
      return try table(path).dataset().leavingOut(labelsIn: self)
    }
    throw .unknownKind(path: path)
  }

  /// A packed file by its own table, any other archive as a shard.
  private func archive(_ path: String) throws(DatasetError) -> Dataset {
    let file: MappedFile
    do throws(FileError) { file = try MappedFile(path: path) } catch { throw .file(error) }
    return PackedFile.isOne(file) ? try packed(file) : try shards(ShardList(file: path))
  }

  /// Refuses a folder for the paths of a table where the data are no table.
  func checkRoot(_ data: Dataset, _ path: String) throws(DatasetError) {
    guard let imageRoot, data.reading.tables.isEmpty else { return }
    throw .imageRootWithoutTable(path: path, root: imageRoot)
  }

  /// Whether the examples of `path` are arrays in a file.
  func holdsArrays(_ path: String) -> Bool {
    let kind = input ?? (try? InputKind.found(at: path)) ?? .images
    if kind != .images { return true }
    guard FilePath.isFolder(path) else { return FilePath.fileExtension(of: path) == "npz" }
    guard let items = try? FolderListing.items(path) else { return false }
    return IDXReader.files(in: items) != nil
      && (try? ManifestReader.table(in: items, folder: path)) == .some(nil)
  }

  private func table(_ path: String) -> ManifestReader {
    ManifestReader(
      path: path, imageRoot: imageRoot, labels: labels, columns: columns, dropping: dropped)
  }

  /// Whether a file begins as a table of images does: with a line that names a column for them.
  private func isTable(_ head: [UInt8]) -> Bool {
    let isCut = head.count == FileKind.headLength
    guard let reader = try? DelimitedReader(detecting: head, name: "", isCut: isCut) else {
      return false
    }
    let names = reader.columns.map(Blanks.trimmed)
    if let path = columns.path, names.contains(path) { return true }
    return !ColumnRole.path.positions(in: names).isEmpty
  }

  private func folder(_ path: String) throws(DatasetError) -> Dataset {
    let items = try FolderListing.itemsOrDatasetError(path)
    // Where nothing is asked of labels, all images of a folder are meant, and not those of an export's table.
    let needsLabels = labels != .optional
    if let table = try ManifestReader.table(in: items, folder: path, withExports: needsLabels) {
      return try self.table(FilePath.join(path, table))
        .dataset(name: FilePath.name(of: FilePath.absolute(path))).leavingOut(labelsIn: self)
    }
    if let files = IDXReader.files(in: items) {
      if labels == .several { throw .oneClassOnly(path: path, layout: .idx) }
      return try IDXReader.dataset(path, files).leavingOut(dropped)
    }
    if let list = try ShardList(folder: path, items) {
      return try shards(list).leavingOut(labelsIn: self)
    }
    if labels == .optional { return try ImageFolder.unlabelled(path) }
    if let entries = try SplitTables.entries(in: items, root: path) {
      // A class may be missing from one of the tables.
      var whole = self
      whole.dropped = []
      return try SplitTables.dataset(path, entries, reader: whole.table).leavingOut(dropped)
    }
    if labels == .several { throw .oneClassOnly(path: path, layout: .classFolders) }
    return try ImageFolder(path, dropping: dropped).dataset()
  }
}

extension Dataset {
  /// Without the labels that an opening leaves out, which a reader of tables does with classes alone.
  fileprivate func leavingOut(labelsIn opening: Opening) throws(DatasetError) -> Dataset {
    labelNames == nil ? self : try leavingOut(opening.dropped)
  }

  fileprivate func leavingOut(_ names: [String]) throws(DatasetError) -> Dataset {
    if names.isEmpty { return self }
    return labelNames == nil ? try dropping(classes: names) : try dropping(labels: names)
  }
}
