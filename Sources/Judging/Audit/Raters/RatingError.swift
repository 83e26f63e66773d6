/// What can be wrong with ratings of several raters.
public enum RatingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A column that is needed is not there.
  case noColumn(file: String, what: String, expected: [String], found: [String])
  /// A column that was named is not there.
  case noSuchColumn(file: String, name: String, found: [String], nearest: String?)
  /// There are no two columns of raters.
  case noRaters(file: String, found: [String])
  /// Nothing was rated.
  case noRatings(file: String)
  /// A cell that must not be empty.
  case emptyCell(file: String, line: Int, column: String)
  /// A rating that is none of the classes.
  case unknownClass(file: String, line: Int, label: String, classes: [String], nearest: String?)
  /// Two ratings of one row by one rater.
  case twoRatings(
    file: String, path: String, rater: String, first: String, firstLine: Int, second: String,
    secondLine: Int)
  /// Two given labels of one row.
  case twoGiven(file: String, line: Int, path: String, first: String, second: String)
  /// All ratings are of one class.
  case oneClass(file: String, name: String)
  /// No row has two ratings.
  case noOverlap(file: String, rows: Int, raters: Int)
  /// No row with two ratings is among the predictions.
  case noOverlapWithModel(file: String, predictions: String, rows: Int)
  /// Matrices that would not fit into memory.
  case tooLarge(raters: Int, classes: Int)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noColumn(let file, let what, let expected, let found):
      "\(file): has no column of \(what), expected one of \(expected.joined(separator: ", ")); found \(Self.listed(found))"
    case .noSuchColumn(let file, let name, let found, let nearest):
      "\(file): has no column '\(name)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? ", found \(Self.listed(found))")
    case .noRaters(let file, let found):
      "\(file): expected a column rater (a rating a line) or a column for each of two raters or more, found \(Self.listed(found));"
        + " name the columns of the raters"
    case .noRatings(let file):
      "\(file): holds no rating, so there is nothing to audit; each line needs a path, a rater and a label"
    case .emptyCell(let file, let line, let column):
      "\(file):\(line): the column \(column) is empty; name what was rated and who rated it on every line"
    case .unknownClass(let file, let line, let label, let classes, let nearest):
      "\(file):\(line): '\(label)' is none of the classes (\(Self.listed(classes)))"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "; correct the rating or leave it empty")
    case .twoRatings(let file, let path, let rater, let first, let firstLine, let second, let line):
      "\(file):\(line): '\(rater)' rates '\(path)' as '\(second)', and on line \(firstLine) as '\(first)'; keep one of the two"
    case .twoGiven(let file, let line, let path, let first, let second):
      "\(file):\(line): '\(path)' was given '\(second)', and before '\(first)'; keep one of the two"
    case .oneClass(let file, let name):
      "\(file): all ratings are '\(name)', expected at least 2 classes; where the others have no rating, name all classes"
    case .noOverlap(let file, let rows, let raters):
      "\(file): none of its \(rows) rows has ratings of two raters (\(raters) raters in all), so nobody can be compared; have some"
        + " rows rated by two"
    case .noOverlapWithModel(let file, let predictions, let rows):
      "\(predictions): has no row of \(file) with two ratings (\(rows) rows have partners), which the weights of raters and model"
        + " need; name predictions of the rated rows"
    case .tooLarge(let raters, let classes):
      "\(raters) raters of \(classes) classes: the confusion matrices would not fit into memory; rate coarser classes, or leave out"
        + " raters of few ratings"
    }
  }

  /// The first names, where there are very many.
  private static func listed(_ names: [String]) -> String {
    names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}
