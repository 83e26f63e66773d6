import Requirements

/// The texts of rows, column by column.
public struct RowTexts: Sendable, Equatable {
  /// The columns, `[C]`.
  public let names: [String]
  /// Row after row, `[N, C]`.
  private let cells: [String]

  /// - Parameters:
  ///   - names: of the columns, `[C]`, at least one.
  ///   - cells: row after row, `[N, C]`.
  /// - Precondition: at least one column, and whole rows.
  public init(names: [String], cells: [String]) {
    require(
      !names.isEmpty && cells.count.isMultiple(of: names.count),
      "RowTexts: expected rows of at least one text, got \(cells.count) of \(names.count) columns")
    (self.names, self.cells) = (names, cells)
  }

  /// Number of rows, N.
  public var count: Int { cells.count / names.count }

  /// The texts of a row, `[C]`.
  ///
  /// - Precondition: `row` is in `0..<count`.
  public func texts(ofRow row: Int) -> ArraySlice<String> {
    require((0..<count).contains(row), "RowTexts: expected a row in 0..<\(count), got \(row)")
    return cells[row * names.count..<(row + 1) * names.count]
  }

  /// The texts of a column, `[N]`, found as any column is: by its name, else by the one name that differs in case or signs alone; nil
  /// where there is none.
  public func column(_ name: String) -> [String]? {
    place(of: name).map { place in
      stride(from: place, to: cells.count, by: names.count).map { cells[$0] }
    }
  }

  private func place(of name: String) -> Int? {
    if let place = names.firstIndex(of: name) { return place }
    let folded = ColumnRole.folded(name)
    let near = names.indices.filter {
      !folded.isEmpty && ColumnRole.folded(names[$0]) == folded
    }
    return near.count == 1 ? near[0] : nil
  }
}
