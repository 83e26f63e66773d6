public import Files

/// Why a ``RowManifest`` could not be packed or read. Facts only; ``description`` makes the English.
public enum ManifestError: Error, Equatable, Sendable {
  /// A file could not be read or written, or the table breaks its format.
  case file(FileError)
  /// The table has no column of this name.
  case noSuchColumn(path: String, name: String, found: [String])
  /// A row of the table has no path or no label; lines count from 1.
  case emptyCell(path: String, line: Int, column: String)
  /// A path in the table is longer than any system opens; lines count from 1.
  case longCell(path: String, line: Int, column: String, bytes: Int)
  /// A row that a program adds has no path; rows count from 0.
  case emptyPath(row: Int)
  /// A row that a program adds has no label; rows count from 0.
  case emptyLabel(row: Int)
  /// A path that a program adds is longer than any system opens; rows count from 0.
  case longPath(row: Int, bytes: Int)
  /// The manifest would take the place of the table.
  case replacesTable(path: String, table: String)
  /// There is no row to pack.
  case noRows(path: String)
  /// The file is something else.
  case foreign(path: String)
  /// The file is of a version that this one does not know.
  case newer(path: String, version: Int)
  /// The end of the file is missing.
  case cutShort(path: String)
  /// What the file says of its classes and parts is not what was written.
  case damaged(path: String)
  /// Some rows of the file are not what was written.
  case damagedRows(path: String, rows: Range<Int>)
}

extension ManifestError: CustomStringConvertible {
  /// One sentence: which file, what is wrong, what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .noSuchColumn(let path, let name, let found):
      "\(path): has no column '\(name)', expected one of: \(found.joined(separator: ", "))"
    case .emptyCell(let path, let line, let column):
      "\(path):\(line): the column '\(column)' is empty; fill it in or remove the row"
    case .longCell(let path, let line, let column, let bytes):
      "\(path):\(line): the column '\(column)' has \(bytes) bytes, expected at most \(ManifestFormat.longestPath); shorten it"
    case .emptyPath(let row): "row \(row): its path is empty, expected the place of an image"
    case .emptyLabel(let row): "row \(row): its label is empty, expected the name of a class"
    case .longPath(let row, let bytes):
      "row \(row): its path has \(bytes) bytes, expected at most \(ManifestFormat.longestPath); shorten it"
    case .replacesTable(let path, let table):
      "\(path): is the table \(table) itself, expected another file for the manifest; name one"
    case .noRows(let path): "\(path): has no rows, expected at least one"
    case .foreign(let path):
      "\(path): is no packed manifest; pack a table of paths and labels into one"
    case .newer(let path, let version):
      "\(path): is a packed manifest of version \(version), expected \(ManifestFormat.version); "
        + "read it with a newer version, or pack the table again"
    case .cutShort(let path):
      "\(path): is cut short, its end is missing; copy it again or pack the table again"
    case .damaged(let path):
      "\(path): is damaged, its classes or parts are not what was written; pack the table again"
    case .damagedRows(let path, let rows):
      "\(path): rows \(rows.lowerBound) to \(rows.upperBound - 1) are damaged; pack the table again"
    }
  }
}

extension ManifestError {
  /// Hands on what `body` returns; its errors of files become cases of this type.
  static func wrapping<R: ~Copyable>(
    _ body: () throws(FileError) -> R
  ) throws(ManifestError) -> R {
    do { return try body() } catch { throw .file(error) }
  }
}
