/// What can be wrong with what is curated.
public enum CurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no row.
  case noRows(String)
  /// Two rows have one name.
  case repeated(path: String)
  /// A feature that is no number, or infinite.
  case notFinite(path: String, column: Int)
  /// No feature differs between rows.
  case allConstant(features: Int)
  /// More components than there can be.
  case tooManyComponents(asked: Int, most: Int)
  /// More clusters than rows of a group.
  case tooManyClusters(asked: Int, rows: Int, group: String)
  /// No group is large enough.
  case noLargeGroup(least: Int, largest: Int)
  /// A share of the rows that is none.
  case badShare(name: String, value: Double)
  /// A number outside its range, which is said in words.
  case outOfRange(name: String, value: Double, expected: String)
  /// A number of things below 1.
  case badCount(name: String, value: Int)
  /// A number below 0, or none.
  case negative(name: String, value: Double)
  /// A table without a column that is needed.
  case noColumn(String, file: String, nearest: String?)
  /// A cell that is no number.
  case notANumber(file: String, line: Int, column: String, text: String)
  /// Rows without a score.
  case noScore(path: String, file: String, missing: Int)
  /// Classes are asked for, and some rows have none.
  case noClass(path: String, why: String)
  /// The floors of the classes are more than what is kept.
  case floorsTooHigh(floors: Int, kept: Int)
  /// A class would lose more than is allowed.
  case losesTooMuch(label: String, lost: Double, most: Double)
  /// An answer that is neither yes nor no.
  case badAnswer(file: String, line: Int, text: String)
  /// A path or cluster that is named twice in a table of answers.
  case answeredTwice(file: String, line: Int, name: String)
  /// An answer about a cluster that no row is of.
  case noSuchCluster(file: String, line: Int, name: String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noRows(let name): "\(name): has no rows, so there is nothing to choose from"
    case .repeated(let path):
      "'\(path)' is there twice; every row needs a name of its own, so leave one out or rename it"
    case .notFinite(let path, let column):
      "'\(path)', feature \(column): expected a finite number, got NaN or an infinite one; leave the row out or make its"
        + " features again"
    case .allConstant(let features):
      "all \(features) features are the same in every row, so rows cannot be told apart; were the right features given?"
    case .tooManyComponents(let asked, let most):
      "\(asked) principal components, but rows and features allow \(most) at most; ask for fewer"
    case .tooManyClusters(let asked, let rows, let group):
      "\(asked) clusters of group '\(group)', which has \(rows) rows; ask for fewer clusters, or leave small groups out with"
        + " --least-group \(asked)"
    case .noLargeGroup(let least, let largest):
      "no group has \(least) rows, the largest \(largest); lower --least-group, or take all rows as one group with"
        + " --one-group"
    case .badShare(let name, let value):
      "\(name): expected a share above 0 and up to 1, got \(value)"
    case .outOfRange(let name, let value, let expected):
      "\(name): expected \(expected), got \(value)"
    case .badCount(let name, let value): "\(name): expected at least 1, got \(value)"
    case .negative(let name, let value): "\(name): expected at least 0, got \(value)"
    case .noColumn(let column, let file, let nearest):
      "\(file): has no column '\(column)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .notANumber(let file, let line, let column, let text):
      "\(file):\(line): expected a finite number in column '\(column)', got '\(text)'"
    case .noScore(let path, let file, let missing):
      "\(file): has no score of '\(path)'" + (missing > 1 ? " and \(missing - 1) others" : "")
        + "; every example needs one, so give the file of the same data"
    case .noClass(let path, let why): "'\(path)' has no class, and \(why) needs one of every row"
    case .floorsTooHigh(let floors, let kept):
      "the floors of the classes add up to \(floors) rows, but \(kept) are to be kept; keep more or lower the floor"
    case .losesTooMuch(let label, let lost, let most):
      "class '\(label)' would lose \(percent(lost)) of its examples, and \(percent(most)) is the most that is allowed;"
        + " raise --class-floor, compare within classes (--within class), or allow it with --most-lost"
    case .badAnswer(let file, let line, let text):
      "\(file):\(line): expected yes, no or nothing in column 'accept', got '\(text)'"
    case .answeredTwice(let file, let line, let name):
      "\(file):\(line): '\(name)' is answered twice; keep one of the rows"
    case .noSuchCluster(let file, let line, let name):
      "\(file):\(line): no row is of cluster '\(name)'; give the clusters.csv of the same curation"
    }
  }
}

/// A share as whole percents.
private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
