import Files

/// What a file beside an array of features says of its rows.
struct RowLabels {
  /// What is said of one row.
  struct Entry {
    var label: String?
    var labels: [Bool?]?
    var split: Split?
    var group: String?
    var attributes: [String: String] = [:]
    var file: String
    var line: Int?
  }

  /// Of each row of the features; nil for one that is not listed.
  let entries: [Entry?]
  let reading: Reading
  /// Names of the labels, where a row may have several.
  private(set) var labelNames: [String]?

  /// Joins labels of an array, one a row.
  ///
  /// - Parameter takingFractions: whether numbers need not be whole.
  /// - Throws: ``DatasetError/labelCount(path:labels:features:rows:)``, and where the array is none of names.
  init(
    array path: String, to names: [String], of features: String, takingFractions: Bool = false
  ) throws(DatasetError) {
    let labels: [String]
    do throws(FileError) {
      labels = try NpyNames.parse(
        FileBytes.read(path), name: path, takingFractions: takingFractions)
    } catch {
      throw .file(error)
    }
    guard labels.count == names.count else {
      throw .labelCount(
        path: path, labels: labels.count, features: features, rows: names.count)
    }
    entries = labels.enumerated().map { row, label in
      Entry(label: label.isEmpty ? nil : label, file: "\(path)[\(row)]")
    }
    reading = Reading(
      notes: [.labelsInOrder(file: FilePath.name(of: path), rows: names.count)])
  }

  /// Joins a table: by its column of names where this names rows, or numbers them from 0; else row by row, which is
  /// refused where both sides have names.
  ///
  /// - Parameter hasIDs: whether the features name their rows themselves.
  /// - Throws: ``DatasetError``; everything wrong with the rows of the table is reported together.
  init(
    table path: String, _ request: ColumnNames, _ labels: LabelPolicy, to names: [String],
    of features: String, hasIDs: Bool
  ) throws(DatasetError) {
    let chooser = ColumnChooser(try ImageTable(path: path), request, labels: labels)
    let columns = try chooser.rowColumns()
    var cells = RowCells(chooser, columns, labels)
    try cells.nameClasses()
    let join = RowJoin(cells.names, rows: cells.table.rows.count, to: names)
    if hasIDs, join?.isByName != true, let column = cells.columns.path,
      let name = cells.names?.first, let first = names.first
    {
      throw .otherRowNames(
        path: path, column: cells.table.name(column), name: name, features: features,
        rows: names.count, first: first)
    }
    guard let join else {
      throw .labelCount(
        path: path, labels: cells.table.rows.count, features: features, rows: names.count)
    }
    var problems = DataProblems()
    var entries = [Entry?](repeating: nil, count: names.count)
    var found = cells.problems
    for (row, target) in join.targets.enumerated() {
      let name = cells.names?[row] ?? ""
      guard let target else {
        found.append((row, .noSuchRow(name, rows: FilePath.name(of: features))))
        continue
      }
      if let first = entries[target] {
        found.append((row, .duplicateRow(name, first: "line \(first.line ?? 0)")))
      }
      entries[target] = Entry(
        label: cells.labels[row], labels: cells.several?.rows[row], split: cells.splits[row],
        group: cells.group(row),
        attributes: cells.attributes(row), file: path, line: cells.table.rows[row].line)
    }
    for (row, kind) in found.enumerated()
      .sorted(by: { ($0.1.row, $0.0) < ($1.1.row, $1.0) }).map(\.element)
    {
      problems.add(kind, at: cells.origin(row))
    }
    try problems.check()
    self.entries = entries
    reading = Self.reading(cells, join, entries, names)
    labelNames = cells.several?.names
  }

  private static func reading(
    _ cells: RowCells, _ join: RowJoin, _ entries: [Entry?], _ names: [String]
  ) -> Reading {
    var reading = Reading(
      tables: [ColumnUse(cells.table, cells.columns, areLabels: cells.several != nil)])
    reading.notes += cells.several?.notes ?? []
    let file = FilePath.name(of: cells.table.path)
    if join.isByName, let column = cells.columns.path {
      reading.notes.append(
        .labelsByName(file: file, column: cells.table.name(column), rows: join.targets.count))
    } else {
      reading.notes.append(.labelsInOrder(file: file, rows: join.targets.count))
    }
    let missing = entries.indices.filter { entries[$0] == nil }
    if let first = missing.first {
      reading.notes.append(.rowsNotListed(missing.count, first: names[first]))
    }
    return reading
  }
}

/// Which row of the features each row of a table of labels belongs to.
struct RowJoin {
  /// Of each row of the table, the row of the features; nil for a name that no row has.
  let targets: [Int?]
  /// Whether a column of the table names the rows.
  let isByName: Bool

  /// - Parameters:
  ///   - cells: what the table calls its rows; nil where it has no such column.
  ///   - rows: of the table.
  ///   - names: of the rows of the features.
  /// - Returns: nil where nothing names the rows and the numbers of rows differ.
  init?(_ cells: [String]?, rows: Int, to names: [String]) {
    if let cells, let targets = Self.named(cells, names) ?? Self.numbered(cells, names.count) {
      (self.targets, isByName) = (targets, true)
      return
    }
    guard rows == names.count else { return nil }
    (targets, isByName) = (Array(names.indices), false)
  }

  /// Where one of the cells at least is a name.
  private static func named(_ cells: [String], _ names: [String]) -> [Int?]? {
    let rowOfName = Dictionary(zip(names, names.indices)) { first, _ in first }
    let targets = cells.map { rowOfName[$0] }
    return targets.contains { $0 != nil } ? targets : nil
  }

  /// Where the cells are different numbers of rows.
  private static func numbered(_ cells: [String], _ count: Int) -> [Int?]? {
    let numbers = cells.compactMap { Int($0) }.filter { (0..<count).contains($0) }
    return numbers.count == cells.count && Set(numbers).count == cells.count ? numbers : nil
  }
}
