/// Classes given as one column each: 1 in the column of the class, 0 in the others.
enum OneHot {
  /// The columns that hold nothing but 0 and 1; those in `taken`, and those whose names mean an image, a
  /// group or a split, left out.
  static func indicators(
    _ table: ImageTable, _ values: [[String]], besides taken: Set<Int>
  ) -> [Int] {
    let named = Set(
      [ColumnRole.path, .group, .split].flatMap { $0.positions(in: table.columns) })
    return table.columns.indices.filter { column in
      !taken.contains(column) && !named.contains(column) && !table.columns[column].isEmpty
        && SplitFlag.meaning(of: table.columns[column]) == nil
        && values[column].allSatisfy { SplitFlag.indicator($0) != nil }
    }
  }

  /// Whether every row has a 1 in exactly one of at least two columns, and more than one of the columns
  /// has a 1 anywhere.
  static func isOneHot(_ columns: [Int], _ values: [[String]]) -> Bool {
    guard columns.count > 1, let rows = values.first?.count, rows > 0 else { return false }
    var used: Set<Int> = []
    for row in 0..<rows {
      let ones = columns.filter { SplitFlag.indicator(values[$0][row]) == true }
      guard ones.count == 1 else { return false }
      used.formUnion(ones)
    }
    return used.count > 1
  }

  /// What a row says.
  enum Reading: Equatable {
    case label(String)
    case problem(DataProblem.Kind)
  }

  /// The class of a row.
  static func label(
    of row: Int, _ columns: [Int], _ table: ImageTable, _ values: [[String]]
  ) -> Reading {
    var ones: [String] = []
    for column in columns {
      let cell = values[column][row]
      guard let isOne = SplitFlag.value(of: cell) else {
        return .problem(.notIndicator(cell, column: table.name(column)))
      }
      if isOne { ones.append(table.name(column)) }
    }
    return ones.count == 1 ? .label(ones[0]) : .problem(.notOneHot(ones))
  }
}
