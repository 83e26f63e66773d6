import Files

/// Reads a table of images: delimited text or JSON with columns that ``ColumnRole`` knows, or that are
/// asked for.
struct ManifestReader {
  private let path: String
  private let root: String
  private let imageRoot: String?
  private let labels: LabelPolicy
  private let request: ColumnNames
  private let dropped: Set<String>

  /// - Parameters:
  ///   - path: the table.
  ///   - imageRoot: the folder that paths start from; nil is the table's own.
  ///   - labels: whether every image needs a label.
  ///   - columns: which columns are meant.
  ///   - dropped: classes that are left out, with whatever is wrong in their rows.
  init(
    path: String, imageRoot: String?, labels: LabelPolicy, columns: ColumnNames = ColumnNames(),
    dropping dropped: [String] = []
  ) {
    self.path = path
    self.imageRoot = imageRoot
    root = FilePath.absolute(imageRoot ?? FilePath.folder(of: path))
    self.labels = labels
    request = columns
    self.dropped = Set(dropped)
  }

  /// The table that a folder holds, if any: `metadata`, `labels` or `manifest`, or that of an export.
  ///
  /// - Parameter withExports: whether ``RoboflowTable`` counts.
  static func table(
    in items: [FolderListing.Item], folder: String, withExports: Bool = true
  ) throws(DatasetError) -> String? {
    let tables = items.filter {
      !$0.isFolder && (isTable($0.name) || withExports && RoboflowTable.isOne($0.name))
    }
    guard tables.count < 2 else {
      throw .severalTables(folder: folder, tables: tables.map(\.name))
    }
    return tables.first?.name
  }

  /// Whether a file in a folder of images is taken for their table.
  static func isTable(_ name: String) -> Bool {
    ["metadata", "labels", "manifest"].contains(FilePath.stem(of: name).lowercased())
      && ImageTable.isTable(name)
  }

  /// Reads the whole table; everything wrong in it is thrown together.
  ///
  /// - Parameters:
  ///   - name: what the data are called; nil is the file's name.
  ///   - isPart: whether other parts may have the annotations that this one lacks.
  func dataset(name: String? = nil, isPart: Bool = false) throws(DatasetError) -> Dataset {
    if let imageRoot, !FilePath.isFolder(imageRoot) { throw .noImageRoot(imageRoot) }
    let file = try ImageTable(path: path)
    try checkForm(file)
    let annotations = file.annotations
    if annotations?.count == 0 && labels != .optional && !isPart {
      throw .noAnnotations(path: path)
    }
    let table = labels == .several ? file : annotations?.tableOfClasses(path) ?? file
    let asked =
      annotations?.request(request)
      ?? (labels == .optional ? request : RoboflowTable.request(request, table))
    let chooser = ColumnChooser(table, asked, labels: labels)
    let columns = try chooser.columns()
    var rows = ManifestRows(
      table, chooser.values, columns, ImagePathResolver(root: root, imageRoot: imageRoot),
      labels: self.labels)
    try rows.nameClasses()
    let examples = try rows.examples(dropping: labels == .several ? [] : dropped)
    if examples.isEmpty {
      throw .empty(path: path, expected: "at least one row with an image")
    }
    var data = Dataset(
      name: name ?? FilePath.stem(of: path), layout: .manifest, examples: examples,
      reading: try reading(rows))
    if let annotations { data.reading.notes.insert(annotations.note, at: 0) }
    data.labelNames = rows.several?.names
    return data
  }

  /// Label Studio's full export has its images and labels deep inside.
  private func checkForm(_ table: ImageTable) throws(DatasetError) {
    guard FilePath.fileExtension(of: path) == "json", table.columns.contains("data"),
      table.columns.contains("annotations") || table.columns.contains("completions")
    else { return }
    throw .labelStudioTasks(path: path)
  }

  private func reading(_ rows: ManifestRows) throws(DatasetError) -> Reading {
    var reading = try rows.reading(request)
    guard labels != .optional else { return reading }
    reading.notes += UnlistedImages.tally(besides: rows.files, root: root, table: path).notes
    return reading
  }
}
