import Files

/// Names, labels, splits and groups in a table of numbers or of their labels, and what is wrong with them.
struct RowCells {
  let table: ImageTable
  /// The cells without blanks around them, column by column.
  let values: [[String]]
  let columns: ManifestColumns
  private let policy: LabelPolicy
  /// The class of each row; nil where it has none.
  private(set) var labels: [String?]
  /// The labels of the rows where each may have several.
  private(set) var several: LabelEntries?
  /// The split of each row; nil where it has none.
  private(set) var splits: [Split?]
  /// What is wrong, by row.
  private(set) var problems: [(row: Int, kind: DataProblem.Kind)] = []

  /// - Parameter policy: whether a row without a class is a problem, or has several labels.
  init(_ chooser: ColumnChooser, _ columns: ManifestColumns, _ policy: LabelPolicy) {
    table = chooser.table
    values = chooser.values
    self.columns = columns
    self.policy = policy
    labels = table.rows.map { _ in nil }
    splits = table.rows.map { _ in nil }
    if policy == .several {
      let entries = LabelEntries(table, values, columns.label)
      problems += entries.problems
      several = entries
    } else {
      readLabels(policy.needsLabel)
    }
    if let column = columns.split {
      let cells = SplitCells(values[column.index], column, name: table.name(column.index))
      splits = cells.splits
      problems += cells.problems
    }
  }

  /// Replaces line numbers of `classes.txt`, where there is one beside the table, by its names.
  mutating func nameClasses() throws(DatasetError) {
    guard policy != .number else { return }
    problems += try ClassFile.apply(
      to: &labels, &several, in: FilePath.folder(of: table.path), columns.label)
  }

  /// What each row is called; nil without such a column.
  var names: [String]? { columns.path.map { values[$0] } }

  /// What a row belongs to; nil where it belongs to nothing.
  func group(_ row: Int) -> String? {
    let group = columns.group.map { values[$0][row] } ?? ""
    return group.isEmpty ? nil : group
  }

  /// The cells of a row in columns without a role, by name.
  func attributes(_ row: Int, besides taken: Set<Int> = []) -> [String: String] {
    var attributes: [String: String] = [:]
    let used = columns.used.union(taken)
    for column in table.columns.indices
    where !table.columns[column].isEmpty && !used.contains(column) {
      attributes[table.columns[column]] = values[column][row]
    }
    return attributes
  }

  /// Where a row stands, for messages.
  func origin(_ row: Int) -> String { "\(table.path):\(table.rows[row].line)" }

  private mutating func readLabels(_ needsLabels: Bool) {
    switch columns.label {
    case .none, .folder: break
    case .column(let index):
      var cells = LabelCells(values[index])
      for (row, label) in values[index].enumerated() {
        if !label.isEmpty { labels[row] = label }
        guard needsLabels else { continue }
        let (raw, line) = (table.rows[row].cells[index], table.rows[row].line)
        let kind =
          label.isEmpty ? .emptyLabel : cells.problem(raw: raw, label: label, line: line)
        if let kind { problems.append((row, kind)) }
      }
    case .oneHot(let indices):
      for row in table.rows.indices {
        switch OneHot.label(of: row, indices, table, values) {
        case .label(let name): labels[row] = name
        case .problem(let kind): if needsLabels { problems.append((row, kind)) }
        }
      }
    }
  }
}
