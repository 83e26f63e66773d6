/// Cells of columns of features that are no usable numbers, while a table is read.
struct FaultyCells {
  private struct Cell {
    let line: Int
    let fault: NumberFault
    let text: String
  }

  /// By column: the first cells, and how many there are.
  private var cells: [Int: (first: [Cell], count: Int)] = [:]

  var isEmpty: Bool { cells.isEmpty }

  mutating func add(_ text: String, line: Int, column: Int) {
    let text = Blanks.trimmed(text)
    var entry = cells[column] ?? ([], 0)
    if entry.first.count < DataProblems.limit {
      entry.first.append(Cell(line: line, fault: NumberFault(text: text), text: text))
    }
    entry.count += 1
    cells[column] = entry
  }

  /// The problems: one for a column of which half or more is no number, and one for each other cell.
  ///
  /// - Parameters:
  ///   - rows: of the table.
  ///   - path: of the table.
  ///   - names: of all columns of numbers.
  func problems(rows: Int, path: String, names: [String]) -> DataProblems {
    var problems = DataProblems()
    var single: [(line: Int, column: Int, cell: Cell)] = []
    var others = 0
    for (column, entry) in cells.sorted(by: { $0.key < $1.key }) {
      if 2 * entry.count >= rows, let word = entry.first.first(where: { $0.fault == .notNumber }) {
        problems.add(.columnNotNumeric(names[column], text: word.text), at: "\(path):1")
      } else {
        single += entry.first.map { ($0.line, column, $0) }
        others += entry.count - entry.first.count
      }
    }
    for (line, column, cell) in single.sorted(by: { ($0.line, $0.column) < ($1.line, $1.column) }) {
      problems.add(
        .badNumber(cell.fault, text: cell.text, column: "'\(names[column])'"), at: "\(path):\(line)"
      )
    }
    problems.add(unnamed: others)
    return problems
  }
}
