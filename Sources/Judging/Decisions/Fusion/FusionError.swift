/// Why scores and columns cannot be fused.
public enum FusionError: Error, Equatable, Sendable {
  /// A column has one value in all rows that the head is fitted to.
  case constant(String)
  /// A column of words has too many of them.
  case tooManyValues(String, count: Int, limit: Int)
  /// Some cells of a column of numbers are words; `word` is the first.
  case wordAmongNumbers(String, word: String, count: Int)
  /// A column says the class of each row.
  case truth(String)
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
  /// Groups have rows that the head is fitted to and rows that judge it; `example` is one of them.
  case sharedGroups(count: Int, example: String)
  /// A table has rows that the model has learned from, and none of other parts to fit and to judge.
  case trainingRows(String, count: Int, parts: [String])
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
    case .wordAmongNumbers(let name, let word, let count):
      "column '\(name)': \(count) of its cells, '\(word)' the first, \(count == 1 ? "is" : "are") no number, and most are; correct"
        + " \(count == 1 ? "it" : "them"), leave \(count == 1 ? "it" : "them") blank where the number is missing, or name the column"
        + " with --categories where its numbers are codes"
    case .tooManyValues(let name, let count, let limit):
      "column '\(name)': has \(count) different words, expected at most \(limit); a column that names rows or patients is no"
        + " property of them, so leave it out; where it holds numbers, leave a cell without one blank"
    case .truth(let name):
      "column '\(name)': says the class of each row that the head is fitted to, so nothing is left to find; leave it out"
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
    case .sharedGroups(let count, let example):
      "\(count) \(count == 1 ? "group has" : "groups have") rows of the fit and rows that judge it, '\(example)' among them, so the"
        + " head would be judged by what it has seen; keep a group in one part"
    case .trainingRows(let table, let count, let parts):
      "\(table): \(count) of its rows are of split train, from which the model has learned; expected rows of val and test, got"
        + " \(parts.joined(separator: ", ")); leave those of train out"
    case .tooFewGroups(let groups, let folds):
      "expected at least \(folds) groups for \(folds) folds, got \(groups); ask for fewer folds"
    case .otherClasses(let found, let expected):
      "the fused head is of the classes \(found.joined(separator: ", ")), and the predictions of"
        + " \(expected.joined(separator: ", "))"
    }
  }
}
