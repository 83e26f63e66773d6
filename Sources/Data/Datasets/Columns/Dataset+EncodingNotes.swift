extension Dataset {
  /// What was made of the columns of the training part, to be said once.
  ///
  /// - Parameter encoding: as it was fitted to these data.
  /// - Returns: notes, and a warning for each column that is left out.
  public func statements(
    of encoding: TableEncoding
  ) -> (notes: [ReadingNote], warnings: [ReadingWarning]) {
    guard let table = rows?.columns else { return ([], []) }
    let members = trainingRows
    var (numbers, withMissing) = (0, 0)
    var (missing, cells, isKept): ([String], Int, Bool) = ([], 0, false)
    var categories: [ReadingNote] = []
    var leftOut: [ReadingWarning] = []
    for column in encoding.columns {
      guard let found = table.column(column.name) else { continue }
      switch column.kind {
      case .number(let median, _):
        numbers += 1
        let count = members.count { found.cells.number($0) == nil }
        guard count > 0 else { continue }
        missing.append(column.name)
        (withMissing, cells, isKept) = (withMissing + 1, cells + count, median == nil)
      case .categories(let levels, let others, let hasMissing):
        if hasMissing { withMissing += 1 }
        categories.append(
          .categories(
            column: column.name, levels: levels, joined: others.count, hasMissing: hasMissing))
      case .leftOut(let reason):
        leftOut.append(.columnLeftOut(column: column.name, reason))
      }
    }
    // Nothing is to be said of a table of numbers without a gap that was not said before.
    if numbers == encoding.columns.count && missing.isEmpty { return ([], []) }
    var notes: [ReadingNote] = [
      .columnKinds(
        numbers: numbers, categories: categories.count, withMissing: withMissing,
        leftOut: leftOut.count)
    ]
    if !missing.isEmpty {
      notes.append(.missingNumbers(columns: missing, cells: cells, isKept: isKept))
    }
    return (notes + categories, leftOut)
  }

  /// What the rows have that the training rows have not, column by column.
  func unlikeTraining(_ table: RowColumns, _ encoding: TableEncoding) -> [ReadingNote] {
    let members = memberRows()
    let known = Set(encoding.columns.compactMap { table.column($0.name)?.name })
    let strange = table.names.filter { !known.contains($0) }
    var notes: [ReadingNote] = strange.isEmpty ? [] : [.columnsNotOfModel(strange)]
    for column in encoding.columns {
      guard let cells = table.column(column.name)?.cells else { continue }
      switch column.kind {
      case .number(let median?, hasIndicator: false):
        let count = members.count { cells.number($0) == nil }
        if count > 0 {
          notes.append(.imputed(column: column.name, rows: count, median: median))
        }
      case .categories(let levels, let others, let hasMissing):
        let seen = Set(levels + others)
        var (unseen, count): (Set<String>, Int) = ([], 0)
        for row in members {
          let level = cells.level(row)
          guard level.map({ !seen.contains($0) }) ?? !hasMissing else { continue }
          unseen.insert(level ?? "")
          count += 1
        }
        if count > 0 {
          notes.append(
            .unseenLevels(column: column.name, levels: unseen.sorted(), rows: count))
        }
      case .number, .leftOut: continue
      }
    }
    return notes
  }
}
