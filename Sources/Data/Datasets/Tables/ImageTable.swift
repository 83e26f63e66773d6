import Files

/// A table of images as it stands in its file, before any column has a meaning.
struct ImageTable {
  /// One row that is not empty.
  struct Row {
    /// Where it begins in the file, from 1.
    let line: Int
    /// A text a column, as in the file; a list or object of JSON as JSON.
    let cells: [String]
  }

  /// Names of files that are read as tables, by their extension.
  static let extensions: Set<String> = ["csv", "tsv", "tab", "jsonl", "ndjson", "json"]
  /// Whether a file is a table by its name; of JSON only the kinds that are nothing else.
  static func isTable(_ name: String) -> Bool {
    let kind = FilePath.fileExtension(of: name)
    return kind != "json" && extensions.contains(kind)
  }
  /// Extensions that say nothing: such a file is a table if its content is one.
  static let vagueExtensions: Set<String> = ["", "txt", "text", "dat", "data", "lst", "list"]

  /// What messages call the file.
  let path: String
  /// Names without blanks around them, in file order; empty where a column has none.
  private(set) var columns: [String] = []
  private(set) var rows: [Row] = []
  /// Names that have blanks around them in the file.
  private(set) var trimmedNames = 0
  /// Rows without a single entry, which are passed over.
  private(set) var emptyRows = 0
  /// What COCO's annotations came to, where the file has them.
  private(set) var annotations: COCOAnnotations?

  /// Some columns of a table that was read elsewhere.
  init(path: String, columns: [String], rows: [Row]) {
    (self.path, self.columns, self.rows) = (path, columns, rows)
  }

  /// Reads a whole file: JSON by its extension, COCO's annotations by its content, else delimited text.
  ///
  /// - Throws: ``DatasetError/file(_:)``; ``DatasetError/problems(_:)`` of annotations.
  init(path: String) throws(DatasetError) {
    self.path = path
    if FilePath.fileExtension(of: path) == "json", let found = try COCOAnnotations(path: path) {
      (annotations, columns, rows) = (found, found.columns, found.rows)
      return
    }
    do throws(FileError) {
      switch FilePath.fileExtension(of: path) {
      case "jsonl", "ndjson", "json": try readJSON()
      default: try readText()
      }
      try checkColumns()
    } catch {
      throw .file(error)
    }
  }

  /// The cells of a column without blanks around them.
  func values(_ column: Int) -> [String] { rows.map { Blanks.trimmed($0.cells[column]) } }

  /// The name of a column, or its number where it has none.
  func name(_ column: Int) -> String {
    columns[column].isEmpty ? "column \(column + 1) (no name)" : columns[column]
  }

  private mutating func readText() throws(FileError) {
    var reader = try DelimitedReader(detecting: path, allowingUnnamed: true)
    columns = reader.columns.map(Blanks.trimmed)
    trimmedNames = zip(columns, reader.columns).count { $0.utf8.count != $1.utf8.count }
    while let row = try reader.next() { add(Row(line: row.line, cells: row.fields)) }
  }

  /// The columns are the keys of all objects, in the order in which they come.
  private mutating func readJSON() throws(FileError) {
    var place: [String: Int] = [:]
    var known: [String] = []
    for row in try JSONRows.read(path) {
      let keys = row.members.map(\.key)
      if keys != known {
        for key in keys where place[key] == nil {
          place[key] = columns.count
          columns.append(Blanks.trimmed(key))
        }
        known = keys
      }
      var cells = [String](repeating: "", count: columns.count)
      for (key, value) in row.members {
        if let column = place[key] { cells[column] = value.text ?? value.compact }
      }
      add(Row(line: row.line, cells: cells))
    }
    rows = rows.map { row in
      let missing = columns.count - row.cells.count
      return missing == 0
        ? row
        : Row(line: row.line, cells: row.cells + [String](repeating: "", count: missing))
    }
  }

  private mutating func add(_ row: Row) {
    if row.cells.allSatisfy({ Blanks.trimmed($0).isEmpty }) {
      emptyRows += 1
    } else {
      rows.append(row)
    }
  }

  private func checkColumns() throws(FileError) {
    var seen: Set<String> = []
    for name in columns where !name.isEmpty && !seen.insert(name).inserted {
      throw .malformedLine(
        path: path, line: 1,
        reason: "without the blanks around names two columns are called '\(name)'; rename one")
    }
  }
}
