import Files

extension TableEncoding {
  /// Fits to the training rows.
  ///
  /// - Parameters:
  ///   - table: the columns.
  ///   - members: the training rows.
  ///   - settings: which columns are categories, and how rare a level may be.
  /// - Throws: ``EncodingError/tooManyLevels(column:levels:most:)``.
  init(
    fitting table: RowColumns, members: [Int], _ settings: ColumnSettings
  ) throws(EncodingError) {
    let named = Set(settings.categories.compactMap { table.column($0)?.name })
    var columns: [EncodedColumn] = []
    for column in table.columns {
      let isNamed = named.contains(column.name)
      let kind =
        isNamed || Self.isCategorical(column.cells, members)
        ? try Self.categories(column, members, isNamed: isNamed, settings)
        : Self.number(column.cells, members, settings)
      columns.append(EncodedColumn(name: column.name, kind: kind))
    }
    self.init(columns)
  }

  /// Whether half or more of the training cells that are not missing are words.
  private static func isCategorical(_ cells: RowColumns.Cells, _ members: [Int]) -> Bool {
    guard case .words(let texts) = cells else { return false }
    return TableCell.areCategories(members.lazy.map { TableCell(single: texts[$0]) })
  }

  private static func number(
    _ cells: RowColumns.Cells, _ members: [Int], _ settings: ColumnSettings
  ) -> EncodedColumn.Kind {
    let known = members.compactMap { cells.number($0) }.sorted()
    guard !known.isEmpty else { return .leftOut(.empty) }
    let hasMissing = known.count < members.count
    // Trees that saw no missing number of a column take a later one for 0, so it is the median there too.
    if settings.keepsMissing && hasMissing { return .number(median: nil, hasIndicator: false) }
    let (low, high) = (known[(known.count - 1) / 2], known[known.count / 2])
    return .number(
      median: (Double(low) + Double(high)) / 2, hasIndicator: hasMissing)
  }

  private static func categories(
    _ column: RowColumns.Column, _ members: [Int], isNamed: Bool, _ settings: ColumnSettings
  ) throws(EncodingError) -> EncodedColumn.Kind {
    let levels = members.map { column.cells.level($0) }
    let known = levels.compactMap(\.self)
    let hasMissing = known.count < levels.count
    let counts = Dictionary(known.map { ($0, 1) }, uniquingKeysWith: +)
    if counts.isEmpty { return .leftOut(.empty) }
    if isNamed, counts.count > ColumnSettings.mostNamedLevels {
      throw .tooManyLevels(
        column: column.name, levels: counts.count, most: ColumnSettings.mostNamedLevels)
    }
    let isUnique =
      counts.count > ColumnSettings.mostLevels
      || counts.count > ColumnSettings.fewLevels && 2 * counts.count > known.count
    if !isNamed, isUnique {
      return .leftOut(.nearlyUnique(levels: counts.count, rows: known.count))
    }
    if !hasMissing, counts.count == 1, let only = counts.keys.first {
      return .leftOut(.constant(only))
    }
    // By their bytes: the order of a language would change with the machine.
    let sorted = counts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let common = sorted.filter { counts[$0] ?? 0 >= settings.least }
    if !hasMissing, common.isEmpty { return .leftOut(.rare(least: settings.least)) }
    return .categories(
      levels: common, others: sorted.filter { counts[$0] ?? 0 < settings.least },
      hasMissing: hasMissing)
  }
}
