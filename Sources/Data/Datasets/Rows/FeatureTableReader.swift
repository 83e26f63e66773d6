import Files

/// Reads a table of features: a column a feature, and columns with name, label, group and split.
struct FeatureTableReader {
  let labels: LabelPolicy
  let request: ColumnNames
  /// The table that says what the rows are, joined by their names; what is asked for is then a column of it, and where
  /// the features have it as well of them too. `nil` takes the columns of the features themselves.
  var labelTable: String?
  /// Whether columns of text stand in another table, which may also have the column of names that is asked for.
  var textsElsewhere = false

  static let extensions: Set<String> = ["csv", "tsv", "tab", "txt", "data", "dat"]

  func dataset(_ path: String) throws(DatasetError) -> Dataset {
    var request = self.request
    if labelTable != nil {
      request = try request.found(inHeaderOf: path)
    } else if textsElsewhere {
      request.path = try request.found(inHeaderOf: path).path
    }
    // A column that is called like one of text of the other table is no feature.
    var table = try FeatureTable(path: path, request)
    if textsElsewhere { request.texts = [] }
    let chooser = ColumnChooser(
      table.texts, request, labels: .optional, found: Self.listed(table.names))
    let columns = try chooser.rowColumns(besides: Set(table.wordColumns))
    if labels != .optional && columns.label == .none && labelTable == nil {
      throw .noLabels(path: path, expected: Self.label)
    }
    var cells = RowCells(chooser, columns, labelTable == nil ? labels : .optional)
    let used = try FeatureTexts(table, chooser, cells)
    if !table.keepsCells { table.addFeatures(used.added) }
    let mixed = table.rowColumns(used)
    guard !table.features.isEmpty || !used.all.isEmpty else {
      throw .otherInput(
        path: path, input: .features,
        expected: "a column of numbers besides path, label, group and split")
    }
    guard !table.texts.rows.isEmpty else {
      throw .empty(path: path, expected: "at least one row of numbers")
    }
    try cells.nameClasses()
    let joined = try labelsJoined(to: table, cells)
    let examples = try self.examples(table, cells, joined, besides: Set(used.texts + used.added))
    let rows =
      table.keepsCells
      ? RowStore(features: [], width: 0, texts: table.rowTexts(used.texts), columns: mixed)
      : RowStore(
        features: table.numbers, width: table.features.count, names: table.features,
        texts: table.rowTexts(used.texts), columns: mixed)
    var data = Dataset(
      name: FilePath.stem(of: path), layout: .features, examples: examples, rows: rows,
      reading: try reading(table, cells, chooser, used))
    data.labelNames = joined?.labelNames ?? cells.several?.names
    if let joined { data.reading.add(joined.reading) }
    do throws(FileError) { data.origin = try FeatureOrigin.beside(path) } catch {
      throw .file(error)
    }
    return data
  }

  private static let label =
    "a column with the class in the table itself, called label or \(ColumnRole.label.names[1])"
    + " or as is said; or in a table of labels that is named"

  private func labelsJoined(
    to table: FeatureTable, _ cells: RowCells
  ) throws(DatasetError) -> RowLabels? {
    guard let labelTable else { return nil }
    guard FilePath.isFile(labelTable) else { throw .file(.missing(path: labelTable)) }
    let names = table.texts.rows.indices.map { name(of: $0, table, cells) }
    return try RowLabels(
      table: labelTable, request, labels, to: names, of: table.path, hasIDs: cells.names != nil)
  }

  private func name(of row: Int, _ table: FeatureTable, _ cells: RowCells) -> String {
    cells.names?[row] ?? "\(FilePath.name(of: table.path))#\(row)"
  }

  private func examples(
    _ table: FeatureTable, _ cells: RowCells, _ joined: RowLabels?, besides added: Set<Int>
  ) throws(DatasetError) -> [Example] {
    var problems = table.faults.problems(
      rows: table.texts.rows.count, path: table.path, names: table.features)
    var lineOfName: [String: Int] = [:]
    var found = cells.problems
    let examples = table.texts.rows.indices.compactMap { row -> Example? in
      let line = table.texts.rows[row].line
      let name = name(of: row, table, cells)
      if name.isEmpty {
        found.append((row, .emptyPath))
      } else if let first = lineOfName.updateValue(line, forKey: name) {
        found.append((row, .duplicateRow(name, first: "line \(first)")))
      }
      let said = joined?.entries[row]
      if joined != nil && said == nil { return nil }
      let attributes = cells.attributes(row, besides: added)
      return Example(
        path: name, source: .row(row), label: said?.label ?? cells.labels[row],
        labels: said?.labels ?? cells.several?.rows[row], split: said?.split ?? cells.splits[row],
        group: said?.group ?? cells.group(row),
        attributes: attributes.merging(said?.attributes ?? [:]) { $1 },
        file: said?.file ?? table.path, line: said?.line ?? line)
    }
    for (row, kind) in found.enumerated()
      .sorted(by: { ($0.1.row, $0.0) < ($1.1.row, $1.0) }).map(\.element)
    {
      problems.add(kind, at: cells.origin(row))
    }
    try problems.check()
    return examples
  }

  private func reading(
    _ table: FeatureTable, _ cells: RowCells, _ chooser: ColumnChooser, _ used: FeatureTexts
  ) throws(DatasetError) -> Reading {
    // What became a feature is not left alone.
    let kept = table.texts.columns.indices.filter { !used.all.contains($0) }
    let use = ColumnUse(
      table.texts, cells.columns, features: table.featureCount(used), texts: used.texts,
      besides: used.all.subtracting(used.texts), areLabels: labels == .several)
    var reading = Reading(tables: [use])
    reading.notes += cells.several?.notes ?? []
    if table.emptyRows > 0 { reading.notes.append(.emptyRows(table.emptyRows)) }
    let suspicion = ColumnSuspicion(
      chooser.table, chooser.values, cells.columns, labels: cells.labels, among: Set(kept))
    reading.notes += suspicion.notes
    guard labels != .optional || request.isStrict else { return reading }
    var warnings = suspicion.warnings
    if let group = cells.columns.group {
      warnings += MissingValueWords.warnings(cells.values[group], role: .group)
    }
    let aboutColumns = warnings.filter(\.isAboutColumns)
    if request.isStrict && !aboutColumns.isEmpty {
      throw .strictColumns(path: table.path, aboutColumns)
    }
    guard labels != .optional else { return reading }
    reading.warnings =
      warnings + used.added.map { .labelNameAsFeature(column: table.texts.columns[$0]) }
      + used.warnings
    return reading
  }

  private static func listed(_ names: [String]) -> [String] {
    names.prefix(40) + (names.count > 40 ? ["… (\(names.count) columns)"] : [])
  }
}
