public import Files
import Requirements

/// Why a lexicon cannot be used. Facts only; ``description`` makes the English.
public enum LexiconError: Error, Equatable, Sendable {
  /// One thing that is wrong with one row.
  public enum Row: Equatable, Sendable {
    /// The score is no finite number.
    case badScore(String, word: String)
    /// The word stands twice, in lower case; `first` is its other line.
    case twice(String, first: Int)
  }

  /// The file could not be read or breaks its format.
  case file(FileError)
  /// The table lacks a column.
  case noColumn(path: String, name: String, found: [String])
  /// Rows are wrong: lines, counted from 1, and what is wrong with each.
  case rows(path: String, [Entry])
  /// No row has a word.
  case noWord(path: String)
  /// Two lexicons have one name, by which their features are called.
  case sameName(String, paths: [String])

  /// A row that is wrong.
  public struct Entry: Equatable, Sendable {
    /// Its line, from 1.
    public let line: Int
    /// What is wrong.
    public let problem: Row
  }
}

extension LexiconError: CustomStringConvertible {
  /// Which file and line, what is wrong, what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .noColumn(let path, let name, let found):
      "\(path):1: no column '\(name)'; a lexicon has a column word and a column score;"
        + (nearest(to: name, among: found).map { " did you mean '\($0)'?" } ?? "")
        + " found: \(found.joined(separator: ", "))"
    case .rows(let path, let entries):
      entries.prefix(Self.limit).map { "\(path):\($0.line): \($0.problem.words)" }
        .joined(separator: "\n")
        + (entries.count > Self.limit ? "\nand \(entries.count - Self.limit) more" : "")
    case .noWord(let path): "\(path): has no row with a word; expected a word and its score a row"
    case .sameName(let name, let paths):
      "lexicons \(paths.joined(separator: " and ")): both are called '\(name)', and so would their features be;"
        + " rename one of the files"
    }
  }

  /// So many rows are named.
  private static let limit = 20
}

extension LexiconError.Row {
  fileprivate var words: String {
    switch self {
    case .badScore(let text, let word):
      "the score of '\(word)' is '\(text)', expected a finite number; correct it, or leave the row out"
    case .twice(let word, let first):
      "the word '\(word)' stands twice, first in line \(first), for words are compared in lower case; leave one of the"
        + " rows out"
    }
  }
}
