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
    var table = try FeatureTable(path: path, request)
    let chooser = ColumnChooser(
      table.texts, request, labels: .optional, found: Self.listed(table.names))
    let columns = try chooser.rowColumns()
    if labels != .optional && columns.label == .none && labelTable == nil {
      throw .noLabels(path: path, expected: Self.label)
    }
    let texts = textsElsewhere ? [] : try chooser.textColumns(besides: columns)
    let added =
      table.columns.areNumbered
      ? [] : Self.unused(columns, in: table.texts).filter { !texts.contains($0) }
    table.addFeatures(added)
    guard !table.features.isEmpty || !texts.isEmpty else {
      throw .otherInput(
        path: path, input: .features,
        expected: "a column of numbers besides path, label, group and split")
    }
    guard !table.texts.rows.isEmpty else {
      throw .empty(path: path, expected: "at least one row of numbers")
    }
    var cells = RowCells(chooser, columns, labelTable == nil ? labels : .optional)
    try cells.nameClasses()
    let joined = try labelsJoined(to: table, cells)
    let examples = try self.examples(table, cells, joined, besides: Set(added + texts))
    var data = Dataset(
      name: FilePath.stem(of: path), layout: .features, examples: examples,
      rows: RowStore(
        features: table.numbers, width: table.features.count, names: table.features,
        texts: table.rowTexts(texts)),
      reading: try reading(table, cells, chooser, added, texts))
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
    _ table: FeatureTable, _ cells: RowCells, _ chooser: ColumnChooser, _ added: [Int],
    _ texts: [Int]
  ) throws(DatasetError) -> Reading {
    // What became a feature is not left alone.
    let kept = table.texts.columns.indices.filter { !added.contains($0) && !texts.contains($0) }
    let use = ColumnUse(
      table.texts, cells.columns, features: table.features.count, texts: texts,
      besides: Set(added), areLabels: labels == .several)
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
      warnings + added.map { .labelNameAsFeature(column: table.texts.columns[$0]) }
    return reading
  }

  /// The columns of text with a name of labels that are not the label: numbers like all others.
  private static func unused(_ columns: ManifestColumns, in table: ImageTable) -> [Int] {
    guard columns.label != .none else { return [] }
    let named = Set(ColumnRole.label.positions(in: table.columns))
    return table.columns.indices.filter { named.contains($0) && !columns.used.contains($0) }
  }

  private static func listed(_ names: [String]) -> [String] {
    names.prefix(40) + (names.count > 40 ? ["… (\(names.count) columns)"] : [])
  }
}
