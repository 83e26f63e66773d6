import Files

/// What speaks for examples that may have several labels.
public struct LabelSign: Sendable, Equatable {
  /// In words, to stand behind "target: 3 labels": `the column 'finding' holds lists such as 'a|b'`.
  public let sign: String

  /// Part of the rows from which on several of the columns of labels are no slip of the pen.
  static let share = 0.01
  /// Rows of a table that are looked at.
  static let rows = 20_000

  /// The sign that data give; nil where nothing speaks for it, and where they cannot be read.
  ///
  /// Looks at arrays of labels and at the first rows of a table.
  ///
  /// - Parameters:
  ///   - path: file or folder.
  ///   - columns: which columns of a table are meant.
  ///   - rowLabels: a table that says what rows of features are.
  public static func found(
    at path: String, columns: ColumnNames = ColumnNames(), rowLabels: String? = nil
  ) -> LabelSign? {
    if let rowLabels { return table(rowLabels, columns) }
    guard let file = try? file(at: path) else { return nil }
    switch FilePath.fileExtension(of: file) {
    case "npz": return archive(file) ?? beside(file, columns)
    case "npy", "safetensors": return beside(file, columns)
    default: return table(file, columns)
    }
  }

  /// The file that says the labels of a folder, or the path itself.
  static func file(at path: String) throws(DatasetError) -> String? {
    guard FilePath.isFolder(path) else { return FilePath.isFile(path) ? path : nil }
    let items = try FolderListing.itemsOrDatasetError(path)
    if let array = FeatureFolder.files(in: items).first { return FilePath.join(path, array) }
    if let table = try ManifestReader.table(in: items, folder: path) {
      return FilePath.join(path, table)
    }
    return try SplitTables.entries(in: items, root: path)?.first.map {
      FilePath.join(FilePath.join(path, $0.folder), $0.table)
    }
  }

  private static func archive(_ path: String) -> LabelSign? {
    guard let archive = try? NpzArchive(path: path) else { return nil }
    let names = Split.allCases.map { "\($0.rawValue)_labels" } + ["labels", "y"]
    guard let name = names.first(where: archive.names.contains),
      let array = try? archive.array(name), LabelArray.isOne(array.shape),
      !LabelArray.isOneHot(array)
    else { return nil }
    return LabelSign(sign: "the array '\(name)' has \(array.shape[1]) columns")
  }

  /// Of features, what lies beside them.
  private static func beside(_ path: String, _ columns: ColumnNames) -> LabelSign? {
    guard let file = try? FeatureFolder.labels(of: path),
      FilePath.fileExtension(of: file) != "npy"
    else { return nil }
    return table(file, columns)
  }

  private static func table(_ path: String, _ request: ColumnNames) -> LabelSign? {
    if request.label == nil, request.labelColumns.isEmpty, COCOAnnotations.isOne(path) {
      return LabelSign(sign: "its annotations, in COCO's form, say the categories of each image")
    }
    guard let table = try? head(of: path) else { return nil }
    if RoboflowTable.hasLabels(table, request) {
      return LabelSign(
        sign: "the columns of \(FilePath.name(of: path)), as Roboflow writes it, are labels")
    }
    guard
      let label = try? ColumnChooser(table, request, labels: .optional).rowColumns().label
    else { return nil }
    switch label {
    case .column(let index):
      guard let cell = table.values(index).first(where: LabelCell.isList) else { return nil }
      return LabelSign(
        sign: "the column '\(table.name(index))' holds lists such as '\(cell.prefix(60))'")
    case .oneHot(let indices): return columns(indices, table)
    case .none, .folder: return nil
    }
  }

  private static func columns(_ indices: [Int], _ table: ImageTable) -> LabelSign? {
    var (several, unknown, faulty) = (0, 0, 0)
    let cells = indices.map(table.values)
    for row in table.rows.indices {
      let entries = cells.map { LabelCell.read($0[row]) }
      // What labels these are is plain in spite of a slip, which their reader names; as classes every row would be a mistake.
      if entries.contains(.other) {
        faulty += 1
        continue
      }
      if entries.contains(.known(nil)) { unknown += 1 }
      if entries.count(where: { $0 == .known(true) }) > 1 { several += 1 }
    }
    guard unknown > 0 || several > 0, Double(unknown + several) >= share * Double(table.rows.count),
      faulty == 0 || several > 0 && 2 * faulty < table.rows.count
    else { return nil }
    return LabelSign(
      sign: several > 0
        ? "rows have a 1 in several of the columns of labels"
        : "rows are blank or -1 in some of the columns of labels")
  }

  /// The first rows of a table, also of that in a packed file; JSON whole.
  static func head(of path: String) throws(DatasetError) -> ImageTable {
    if ["jsonl", "ndjson", "json"].contains(FilePath.fileExtension(of: path)) {
      return try ImageTable(path: path)
    }
    do throws(FileError) {
      var reader = try reader(of: path)
      var rows: [ImageTable.Row] = []
      while rows.count < Self.rows, let row = try reader.next() {
        rows.append(ImageTable.Row(line: row.line, cells: row.fields))
      }
      return ImageTable(path: path, columns: reader.columns.map(Blanks.trimmed), rows: rows)
    } catch {
      throw .file(error)
    }
  }

  private static func reader(of path: String) throws(FileError) -> DelimitedReader {
    if let packed = try PackedFile.reader(in: path) { return packed }
    return try DelimitedReader(detecting: path, allowingUnnamed: true)
  }
}
