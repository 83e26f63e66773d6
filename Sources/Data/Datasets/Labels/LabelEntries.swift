/// The labels of the rows of a table in which an image may have several, and what is wrong with them.
struct LabelEntries {
  /// Names of the labels, `[L]`: of columns in their order, of lists by the bytes of their names.
  private(set) var names: [String] = []
  /// What each row has, `[N][L]`.
  private(set) var rows: [[Bool?]] = []
  private(set) var problems: [(row: Int, kind: DataProblem.Kind)] = []
  private(set) var notes: [ReadingNote] = []

  /// - Parameters:
  ///   - values: the cells without blanks around them, column by column.
  ///   - label: the column of lists, or a column for each label.
  init(_ table: ImageTable, _ values: [[String]], _ label: ManifestColumns.Label) {
    switch label {
    case .column(let index): readLists(values[index])
    case .oneHot(let columns): readColumns(table, values, columns)
    case .none, .folder: break
    }
  }

  private mutating func readLists(_ cells: [String]) {
    let lists = cells.enumerated().map { row, cell -> [String] in
      guard let names = LabelCell.names(cell) else {
        problems.append((row, .badLabelList(cell)))
        return []
      }
      return names
    }
    let list = ClassList(Set(lists.joined()))
    names = list.names
    rows = lists.map { present in
      var row = [Bool?](repeating: false, count: list.count)
      for name in present { if let place = list.index(of: name) { row[place] = true } }
      return row
    }
    let none = Set(cells.filter { !$0.isEmpty && LabelCell.isNone($0) }).sorted()
    if !none.isEmpty { notes.append(.wordsForNoLabel(none)) }
  }

  private mutating func readColumns(
    _ table: ImageTable, _ values: [[String]], _ columns: [Int]
  ) {
    names = columns.map(table.name)
    rows = table.rows.indices.map { row in
      columns.map { column in
        switch LabelCell.read(values[column][row]) {
        case .known(let value): return value
        case .other:
          problems.append(
            (row, .notALabelEntry(values[column][row], column: table.name(column))))
          return nil
        }
      }
    }
  }

  /// Replaces line numbers of `classes.txt`, where there is one beside the table, by its names.
  mutating func nameClasses(_ file: [String]?) {
    guard let file, !names.isEmpty else { return }
    var named: [String?] = names
    let wrong = ClassFile.apply(file, to: &named)
    problems += wrong.map { label, kind in
      (rows.firstIndex { $0[label] == true } ?? 0, kind)
    }
    names = named.compactMap(\.self)
  }
}
