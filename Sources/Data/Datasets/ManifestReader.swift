import Files

/// Reads a table of images: CSV, TSV or JSONL with a header or keys that ``ManifestColumns`` knows.
struct ManifestReader {
  static let extensions: Set<String> = ["csv", "tsv", "tab", "jsonl", "ndjson"]

  private let path: String
  private let root: String
  /// The folder that was given for relative paths, which need not be the table's.
  private let imageRoot: String?
  private let labels: LabelPolicy
  private var examples: [Example] = []
  private var problems = DataProblems()
  private var lineOfPath: [String: Int] = [:]
  /// Lines without a split, and the number that a fold column has there.
  private var unsplit: [(line: Int, fold: String?)] = []

  init(path: String, imageRoot: String?, labels: LabelPolicy) {
    self.path = path
    self.imageRoot = imageRoot
    root = FilePath.absolute(imageRoot ?? FilePath.folder(of: path))
    self.labels = labels
  }

  /// The table that a folder holds, if any: `metadata`, `labels` or `manifest`.
  static func table(
    in items: [FolderListing.Item], folder: String
  ) throws(DatasetError) -> String? {
    let tables = items.filter { !$0.isFolder && isTable($0.name) }
    guard tables.count < 2 else {
      throw .severalTables(folder: folder, tables: tables.map(\.name))
    }
    return tables.first?.name
  }

  /// Whether a file in a folder of images is taken for their table.
  static func isTable(_ name: String) -> Bool {
    ["metadata", "labels", "manifest"].contains(FilePath.stem(of: name))
      && extensions.contains(FilePath.fileExtension(of: name))
  }

  /// Reads the whole table; everything wrong in it is thrown together.
  consuming func dataset(name: String? = nil) throws(DatasetError) -> Dataset {
    if let imageRoot, !FilePath.isFolder(imageRoot) { throw .noImageRoot(imageRoot) }
    do throws(FileError) {
      switch FilePath.fileExtension(of: path) {
      case "jsonl", "ndjson": try readLines()
      default: try readTable()
      }
    } catch {
      throw .file(error)
    }
    if let headerError { throw headerError }
    checkSplits()
    try nameClasses()
    try problems.check()
    if examples.isEmpty {
      throw .empty(path: path, expected: "at least one row with an image")
    }
    return Dataset(
      name: name ?? FilePath.stem(of: path), layout: .manifest, examples: examples)
  }

  private var headerError: DatasetError?

  private mutating func readTable() throws(FileError) {
    var reader = try DelimitedReader(path: path)
    guard let columns = recognised(reader.columns) else { return }
    while let row = try reader.next() {
      add(columns, line: row.line) { row.fields[$0] }
    }
  }

  /// Each line has its own keys; the columns are recognised again only when the keys change.
  private mutating func readLines() throws(FileError) {
    var reader = try JSONLinesReader(path: path)
    var columns: ManifestColumns?
    while let (line, members) = try reader.next() {
      let keys = members.map(\.key)
      if columns?.names != keys { columns = recognised(keys, line: line) }
      guard let columns else { return }
      if let label = columns.label, members[label].value.text == nil {
        problems.add(.labelNotScalar, at: "\(path):\(line)")
        continue
      }
      add(columns, line: line) { members[$0].value.text ?? "…" }
    }
  }

  private mutating func recognised(_ names: [String], line: Int = 1) -> ManifestColumns? {
    do throws(DatasetError) {
      return try ManifestColumns(names, file: path, labels: labels)
    } catch {
      headerError = error
      if line > 1, case .missingColumn(_, let role, let found, let accepted) = error {
        headerError = .missingColumn(
          path: "\(path), line \(line)", role: role, found: found, accepted: accepted)
      }
      return nil
    }
  }

  private mutating func add(_ columns: ManifestColumns, line: Int, _ cell: (Int) -> String) {
    let text = cell(columns.path)
    guard !text.isEmpty else { return problems.add(.emptyPath, at: "\(path):\(line)") }
    let file = FilePath.join(root, Self.normalised(text))
    if let first = lineOfPath.updateValue(line, forKey: file) {
      return problems.add(
        .duplicatePath(text, first: "line \(first)"), at: "\(path):\(line)")
    }
    if !FilePath.isFile(file) {
      let root = text.hasPrefix("/") ? nil : imageRoot
      problems.add(.missingFile(text, looked: file, root: root), at: "\(path):\(line)")
    }
    let label = columns.label.map(cell) ?? ""
    if label.isEmpty && labels == .required { problems.add(.emptyLabel, at: "\(path):\(line)") }
    var attributes: [String: String] = [:]
    for index in columns.attributes { attributes[columns.names[index]] = cell(index) }
    let split = split(columns, line: line, cell)
    if split == nil, let column = columns.split { attributes[columns.names[column]] = cell(column) }
    let group = columns.group.map(cell) ?? ""
    examples.append(
      Example(
        path: text, source: .file(file), label: label.isEmpty ? nil : label,
        split: split, group: group.isEmpty ? nil : group,
        attributes: attributes, file: path, line: line))
  }

  /// The split of a row. A fold column of numbers says none: folds of a cross-validation are not
  /// train, val and test, so they stay an attribute.
  private mutating func split(
    _ columns: ManifestColumns, line: Int, _ cell: (Int) -> String
  ) -> Split? {
    guard let column = columns.split else { return nil }
    let word = cell(column)
    if let split = Split(synonym: word) { return split }
    let isFold = columns.names[column].lowercased() == "fold" && Int(word) != nil
    if word.isEmpty || isFold {
      unsplit.append((line, isFold ? word : nil))
    } else {
      problems.add(.unknownSplit(word, column: columns.names[column]), at: "\(path):\(line)")
    }
    return nil
  }

  /// Some rows with a split and some without are an oversight.
  private mutating func checkSplits() {
    guard examples.contains(where: { $0.split != nil }) else { return }
    for (line, fold) in unsplit {
      problems.add(
        fold.map { .unknownSplit($0, column: "fold") } ?? .emptySplit, at: "\(path):\(line)")
    }
  }

  private mutating func nameClasses() throws(DatasetError) {
    guard let names = try ClassFile.names(in: FilePath.folder(of: path)) else { return }
    ClassFile.apply(names, to: &examples, &problems)
  }

  /// `./a//b.jpg` and `a/b.jpg` are one file.
  private static func normalised(_ path: String) -> String {
    guard path.hasPrefix(".") || path.contains("//") || path.contains("/./") else { return path }
    let parts = path.split(separator: "/").filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
