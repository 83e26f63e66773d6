import Files

/// Texts of another table, joined to rows of features by the names of the rows.
///
/// A row that the table does not have gets an empty text, of which the features are zeros; a row of the table that names no row of the
/// features is passed over, so that one table of reports serves parts of its patients. Both are counted. Features without names of
/// their own are joined by their numbers from 0, or one by one where the table has as many rows.
struct JoinedTexts {
  /// The texts of every row of the store.
  let texts: RowTexts
  /// How they were joined, and what was not.
  let notes: [ReadingNote]

  /// - Parameters:
  ///   - path: the table.
  ///   - request: the columns of text, and the column that names the rows where it has no usual name.
  ///   - data: rows of features.
  ///   - features: what errors call those.
  /// - Throws: ``DatasetError``: for a column that is not there, rows that no column names or that are named twice.
  init(
    table path: String, _ request: ColumnNames, to data: Dataset, of features: String
  ) throws(DatasetError) {
    guard FilePath.isFile(path) else { throw .file(.missing(path: path)) }
    let table = try ImageTable(path: path)
    let chooser = ColumnChooser(table, Self.request(request, table, data), labels: .optional)
    let place = try chooser.rowColumns().path
    let columns = try chooser.featureColumns(besides: ManifestColumns(path: place, label: .none))
      .texts
    let names = Self.names(of: data)
    let targets = try Self.targets(
      place.map { (table.name($0), chooser.values[$0]) }, table, names, features: features)
    var cells = [String](repeating: "", count: names.count * columns.count)
    var lines = [Int?](repeating: nil, count: names.count)
    var problems = DataProblems()
    for (row, target) in targets.rows.enumerated() {
      guard let target else { continue }
      let line = table.rows[row].line
      if let first = lines[target] {
        problems.add(
          .duplicateRow(names[target], first: "line \(first)"), at: "\(path):\(line)")
      }
      lines[target] = line
      for (number, column) in columns.enumerated() {
        cells[target * columns.count + number] = table.rows[row].cells[column]
      }
    }
    try problems.check()
    texts = RowTexts(names: columns.map(table.name), cells: cells)
    let missing = names.indices.filter { lines[$0] == nil && !names[$0].isEmpty }
    let file = FilePath.name(of: path)
    let found = names.count { !$0.isEmpty } - missing.count
    notes =
      [
        targets.isByName
          ? .textsByName(file: file, column: place.map(table.name) ?? "", rows: found)
          : .textsInOrder(file: file, rows: found),
        missing.first.map { .rowsWithoutText(missing.count, first: names[$0], file: file) },
        Self.unused(targets.rows).map { .textsOfOtherRows(file: file, rows: $0) },
      ].compactMap(\.self)
  }

  private static func unused(_ targets: [Int?]) -> Int? {
    let count = targets.count { $0 == nil }
    return count > 0 ? count : nil
  }

  /// What is asked of the table: the column of names, unless it is one of the features alone.
  private static func request(
    _ asked: ColumnNames, _ table: ImageTable, _ data: Dataset
  ) -> ColumnNames {
    func isCalled(_ name: String) -> Bool {
      asked.path.map { ColumnRole.folded($0) == ColumnRole.folded(name) } ?? false
    }
    let isOfFeatures = data.reading.tables.flatMap(\.used).contains {
      $0.role == .path && $0.columns.contains(where: isCalled)
    }
    let isHere = table.columns.contains(where: isCalled)
    return ColumnNames(path: isHere || !isOfFeatures ? asked.path : nil, texts: asked.texts)
  }

  /// What each row of the store is called; empty of one that is no example.
  private static func names(of data: Dataset) -> [String] {
    var names = [String](repeating: "", count: data.rows?.count ?? 0)
    for example in data.examples {
      if case .row(let row) = example.source { names[row] = example.path }
    }
    return names
  }

  /// The row of the features that each row of the table is of; nil of one that is of none.
  private static func targets(
    _ column: (name: String, cells: [String])?, _ table: ImageTable, _ names: [String],
    features: String
  ) throws(DatasetError) -> (rows: [Int?], isByName: Bool) {
    var problems = DataProblems()
    for (row, cell) in (column?.cells ?? []).enumerated() where cell.isEmpty {
      problems.add(.emptyPath, at: "\(table.path):\(table.rows[row].line)")
    }
    try problems.check()
    let known = names.enumerated().filter { !$1.isEmpty }
    // Rows without names of their own are called after their file and number.
    let haveNames = !known.allSatisfy { $1.hasSuffix("#\($0)") }
    let isNamed = column?.cells.contains(where: Set(names).contains) ?? false
    guard isNamed || !haveNames,
      let join = RowJoin(column?.cells, rows: table.rows.count, to: names)
    else {
      throw .unnamedTexts(
        path: table.path, column: column?.name, features: features,
        first: known.first?.element ?? "")
    }
    return (join.targets, join.isByName)
  }
}

extension Dataset {
  /// The rows with texts of another table, in the place of any that they have.
  ///
  /// - Parameters:
  ///   - table: its path; nil leaves the rows as they are.
  ///   - request: the columns of text.
  ///   - path: what the data were opened by.
  func joiningTexts(
    of table: String?, _ request: ColumnNames, opened path: String
  ) throws(DatasetError) -> Dataset {
    guard let table, let rows else { return self }
    let joined = try JoinedTexts(table: table, request, to: self, of: path)
    var data = self
    data.rows = rows.taking(joined.texts)
    data.reading.notes += joined.notes
    return data
  }
}
