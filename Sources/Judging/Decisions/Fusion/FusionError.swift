/// Why scores and columns cannot be fused.
public enum FusionError: Error, Equatable, Sendable {
  /// A column has one value in all rows that the head is fitted to.
  case constant(String)
  /// A column of words has too many of them.
  case tooManyValues(String, count: Int, limit: Int)
  /// Rows have no row in the table of columns; `first` is one of them.
  case noRow(table: String, count: Int, first: String)
  /// The table of columns names a row twice.
  case rowTwice(table: String, row: String)
  /// The table has no such column.
  case noColumn(table: String, String, nearest: String?, found: [String])
  /// A column is named twice, or as a category and not at all.
  case badColumns(String)
  /// The rows are of fewer than two classes.
  case tooFewClasses(Int)
  /// The rows fall into fewer groups than there are folds.
  case tooFewGroups(Int, folds: Int)
  /// A stored head is of other classes.
  case otherClasses(found: [String], expected: [String])
}

extension FusionError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .constant(let name):
      "column '\(name)': has one value in all rows that the head is fitted to, so it tells nothing; leave it out"
    case .tooManyValues(let name, let count, let limit):
      "column '\(name)': has \(count) different words, expected at most \(limit); a column that names rows or patients is no"
        + " property of them, so leave it out"
    case .noRow(let table, let count, let first):
      "\(table): has no row for \(count) of the predictions, '\(first)' among them; expected their paths in its column of"
        + " images, or name that with --id-column"
    case .rowTwice(let table, let row): "\(table): names '\(row)' twice; keep one of the rows"
    case .noColumn(let table, let name, let nearest, let found):
      "\(table): has no column '\(name)';" + (nearest.map { " did you mean '\($0)'?" } ?? "")
        + " found: \(found.joined(separator: ", "))"
    case .badColumns(let reason): "columns: \(reason)"
    case .tooFewClasses(let count):
      "the rows that the head is fitted to are of \(count) \(count == 1 ? "class" : "classes"), expected two or more"
    case .tooFewGroups(let groups, let folds):
      "expected at least \(folds) groups for \(folds) folds, got \(groups); ask for fewer folds"
    case .otherClasses(let found, let expected):
      "the fused head is of the classes \(found.joined(separator: ", ")), and the predictions of"
        + " \(expected.joined(separator: ", "))"
    }
  }
}
