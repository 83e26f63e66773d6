import Requirements

/// A table for people: aligned text, or Markdown.
///
/// ```swift
/// var table = TextTable([.left("class"), .right("n"), .right("recall")])
/// table.add(["cat", "12", "0.917"])
/// table.text()
/// ```
public struct TextTable: Sendable, Equatable {
  /// A column's title and side.
  public struct Column: Sendable, Equatable {
    /// What stands above it.
    public let title: String
    /// Whether its cells end flush, as numbers should.
    public let isRight: Bool

    /// A column of words.
    public static func left(_ title: String) -> Column { Column(title: title, isRight: false) }
    /// A column of numbers.
    public static func right(_ title: String) -> Column { Column(title: title, isRight: true) }
  }

  private enum Row: Sendable, Equatable {
    case cells([String])
    case rule
  }

  /// The columns.
  public let columns: [Column]
  private var rows: [Row] = []

  /// A table without rows.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row.
  ///
  /// - Parameter cells: One text for each column; colours are allowed.
  /// - Precondition: there are as many cells as columns.
  public mutating func add(_ cells: [String]) {
    require(
      cells.count == columns.count,
      "TextTable.add: expected \(columns.count) cells, got \(cells.count)")
    rows.append(.cells(cells.map { $0.replacing("\r\n", with: " ").replacing("\n", with: " ") }))
  }

  /// Adds a line across, to set totals apart; Markdown has none.
  public mutating func addRule() { rows.append(.rule) }

  /// The table as lines of aligned text, each with a line feed, none with trailing spaces.
  ///
  /// - Parameter style: Makes the titles bold and the lines dim.
  public func text(style: Style = .plain) -> String {
    let widths = widths
    let rule = style(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), .dim)
    var lines = [line(columns.map { style($0.title, .bold) }, widths), rule]
    for row in rows {
      switch row {
      case .cells(let cells): lines.append(line(cells, widths))
      case .rule: lines.append(rule)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The table in GitHub's Markdown, each line with a line feed; aligned in the source too.
  public func markdown() -> String {
    // By code points: an accent behind a bar makes one character of both, and Markdown sees the bar.
    func escaped(_ text: String) -> String {
      text.unicodeScalars.reduce(into: "") { escaped, scalar in
        if scalar == "|" { escaped += "\\" }
        escaped.unicodeScalars.append(scalar)
      }
    }
    let rows = rows.compactMap { row -> [String]? in
      guard case .cells(let cells) = row else { return nil }
      return cells.map(escaped)
    }
    let columns = columns.map { Column(title: escaped($0.title), isRight: $0.isRight) }
    var plain = TextTable(columns)
    plain.rows = rows.map(Row.cells)
    let widths = plain.widths.map { max($0, 3) }
    let marks = zip(columns, widths).map { column, width in
      String(repeating: "-", count: width - 1) + (column.isRight ? ":" : "-")
    }
    return ([columns.map(\.title), marks] + rows).map { cells in
      let padded = zip(zip(columns, cells), widths).map { pad($0.1, $1, isRight: $0.0.isRight) }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }.joined()
  }

  private var widths: [Int] {
    var widths = columns.map { displayWidth($0.title) }
    for case .cells(let cells) in rows {
      for (index, cell) in cells.enumerated() {
        widths[index] = max(widths[index], displayWidth(cell))
      }
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = zip(zip(columns, cells), widths)
      .map { pad($0.1, $1, isRight: $0.0.isRight) }.joined(separator: "  ")
    while text.last == " " { text.removeLast() }
    return text
  }

  private func pad(_ text: String, _ width: Int, isRight: Bool) -> String {
    let space = String(repeating: " ", count: max(0, width - displayWidth(text)))
    return isRight ? space + text : text + space
  }
}
