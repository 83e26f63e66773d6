import Files
import Requirements

/// The columns of a table of features as they stand there, numbers and words, of which ``TableEncoding`` makes the numbers that a
/// network takes.
public struct RowColumns: Sendable, Equatable {
  /// The cells of a column, `[N]`.
  enum Cells: Sendable, Equatable {
    /// Every cell is a number, or NaN where it is missing.
    case numbers([Float])
    /// As they stand there, without blanks around them.
    case words([String])

    /// Numbers where no cell is a word.
    ///
    /// - Parameter texts: without blanks around them.
    init(_ texts: [String]) {
      var numbers: [Float] = []
      for text in texts {
        switch TableCell(single: text) {
        case .missing: numbers.append(.nan)
        case .number(let value): numbers.append(Float(value))
        case .word:
          self = .words(texts)
          return
        }
      }
      self = .numbers(numbers)
    }

    var count: Int {
      switch self {
      case .numbers(let values): values.count
      case .words(let words): words.count
      }
    }
  }

  /// A column.
  struct Column: Sendable, Equatable {
    let name: String
    let cells: Cells
  }

  /// The columns, in the order of their features.
  let columns: [Column]
  /// The table.
  let path: String
  /// The line of each row, `[N]`.
  let lines: [Int]
  private let placeOf: [String: Int]

  /// - Precondition: a line for each row of every column.
  init(_ columns: [Column], path: String, lines: [Int]) {
    require(
      columns.allSatisfy { $0.cells.count == lines.count },
      "RowColumns: expected \(lines.count) cells a column, got \(columns.map(\.cells.count))")
    (self.columns, self.path, self.lines) = (columns, path, lines)
    placeOf = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a column has words.
  var hasWords: Bool {
    columns.contains { if case .words = $0.cells { true } else { false } }
  }

  /// Their names.
  public var names: [String] { columns.map(\.name) }

  /// Number of rows, N.
  var count: Int { lines.count }

  /// The column of a name, found as any column is: exactly, else by the one name that differs in case or signs alone.
  func column(_ name: String) -> Column? {
    if let place = placeOf[name] { return columns[place] }
    let folded = ColumnRole.folded(name)
    let near = columns.filter { !folded.isEmpty && ColumnRole.folded($0.name) == folded }
    return near.count == 1 ? near[0] : nil
  }

  /// The same rows with these columns alone, in this order, those that are not there left out.
  func keeping(_ names: [String]) -> RowColumns {
    RowColumns(names.compactMap(column), path: path, lines: lines)
  }

  /// Where a row stands, for messages.
  func origin(_ row: Int) -> String { "\(path):\(lines[row])" }

  /// The numbers and the words of a row, in the order of their columns; a missing number is one NaN for all.
  func parts(ofRow row: Int) -> (numbers: [Float], words: [String]) {
    var (numbers, words): ([Float], [String]) = ([], [])
    for column in columns {
      switch column.cells {
      case .numbers(let values): numbers.append(values[row].isNaN ? .nan : values[row])
      case .words(let cells): words.append(cells[row])
      }
    }
    return (numbers, words)
  }
}
