import Files

/// The rows of a table with their columns read: files, classes, splits and groups, and all that is wrong.
struct ManifestRows {
  let table: ImageTable
  /// The cells without blanks around them, column by column.
  let values: [[String]]
  let columns: ManifestColumns
  /// The cells that name the images.
  private let paths: [String]
  /// Whether a row without a class is a problem, or has several labels.
  let policy: LabelPolicy
  private let resolver: ImagePathResolver
  private let outcomes: [ImagePathResolver.Outcome]
  /// The class of each row; nil where it has none, or none that can be read.
  private(set) var labels: [String?] = []
  /// The labels of the rows where each may have several.
  private(set) var several: LabelEntries?
  private var splits: [Split?] = []
  /// Whether the first folders of the paths are splits.
  private(set) var hasFolderSplits = false
  private var problems: [(row: Int, kind: DataProblem.Kind)] = []

  /// - Parameters:
  ///   - values: the cells without blanks around them, column by column.
  ///   - finder: finds the files that paths name.
  ///   - labels: whether a row without a class is a problem, or has several labels.
  init(
    _ table: ImageTable, _ values: [[String]], _ columns: ManifestColumns,
    _ finder: ImagePathResolver,
    labels: LabelPolicy
  ) {
    self.table = table
    self.values = values
    self.columns = columns
    paths = columns.path.map { values[$0] } ?? []
    policy = labels
    var resolver = finder
    outcomes = resolver.resolve(paths)
    self.resolver = resolver
    readLabels()
    readSplits()
    checkFiles()
  }

  /// The files of all rows.
  var files: [String] { outcomes.compactMap(\.file) }

  /// Replaces line numbers of `classes.txt`, where there is one, by its names.
  ///
  /// - Parameter folder: where it lies; nil is beside the table.
  mutating func nameClasses(in folder: String? = nil) throws(DatasetError) {
    guard policy != .number else { return }
    problems += try ClassFile.apply(
      to: &labels, &several, in: folder ?? FilePath.folder(of: table.path), columns.label)
  }

  /// The rows as examples, without the classes that are left out.
  ///
  /// - Parameters:
  ///   - dropped: the classes.
  ///   - origin: where a row with a path is, for messages; nil is the line in the table.
  /// - Throws: ``DatasetError/problems(_:)`` with all that is wrong in the other rows;
  ///   ``DatasetError/unknownClasses(_:known:)``.
  func examples(
    dropping dropped: Set<String>, at origin: ((ImageTable.Row, String) -> String)? = nil
  ) throws(DatasetError) -> [Example] {
    let isKept = labels.map { $0.map { !dropped.contains($0) } ?? true }
    var found = DataProblems()
    for (row, kind) in problems.enumerated().sorted(by: { ($0.1.row, $0.0) < ($1.1.row, $1.0) })
      .map(\.element) where isKept[row]
    {
      found.add(
        kind,
        at: origin?(table.rows[row], paths[row]) ?? "\(table.path):\(table.rows[row].line)")
    }
    try found.check()
    var known = Set(labels.compactMap { $0 })
    if case .oneHot(let indices) = columns.label { known.formUnion(indices.map(table.name)) }
    let unknown = dropped.subtracting(known)
    guard unknown.isEmpty else {
      throw .unknownClasses(unknown.sorted(), known: ClassList(known).names)
    }
    return table.rows.indices.filter { isKept[$0] }.map(example)
  }

  private func example(_ row: Int) -> Example {
    var attributes: [String: String] = [:]
    let used = columns.used
    for column in table.columns.indices
    where !table.columns[column].isEmpty
      && (!used.contains(column) || column == columns.split?.index && splits[row] == nil)
    {
      attributes[table.columns[column]] = values[column][row]
    }
    let group = columns.group.map { values[$0][row] } ?? ""
    return Example(
      path: paths[row], source: .file(outcomes[row].file ?? ""), label: labels[row],
      labels: several?.rows[row], split: splits[row], group: group.isEmpty ? nil : group,
      attributes: attributes,
      file: table.path, line: table.rows[row].line)
  }

  private mutating func checkFiles() {
    var lineOfFile: [FileKeys.Key: Int] = [:]
    var keys = FileKeys(outcomes.compactMap(\.file))
    for (row, outcome) in outcomes.enumerated() {
      let text = paths[row]
      switch outcome {
      case .refused(let kind): problems.append((row, kind))
      case .found(let file):
        let key = keys.key(of: file)
        if let first = lineOfFile[key] {
          problems.append((row, .duplicatePath(text, first: "line \(first)")))
        } else {
          lineOfFile[key] = table.rows[row].line
        }
      }
    }
  }

  private mutating func readLabels() {
    if policy == .several {
      labels = table.rows.map { _ in nil }
      let entries = LabelEntries(table, values, columns.label)
      problems += entries.problems.filter { !paths[$0.row].isEmpty }
      several = entries
      return
    }
    let needsLabels = policy.needsLabel
    switch columns.label {
    case .none: labels = table.rows.map { _ in nil }
    case .folder: labels = FolderLabels(paths)?.labels ?? []
    case .column(let index): readLabels(index)
    case .oneHot(let indices):
      labels = table.rows.indices.map { row in
        switch OneHot.label(of: row, indices, table, values) {
        case .label(let name): return name
        case .problem(let kind):
          if needsLabels && !paths[row].isEmpty { problems.append((row, kind)) }
          return nil
        }
      }
    }
  }

  private mutating func readLabels(_ index: Int) {
    var cells = LabelCells(values[index])
    labels = values[index].enumerated().map { row, label in
      guard policy.needsLabel, !paths[row].isEmpty else {
        return label.isEmpty ? nil : label
      }
      if label.isEmpty {
        problems.append((row, .emptyLabel))
        return nil
      }
      let (raw, line) = (table.rows[row].cells[index], table.rows[row].line)
      if let kind = cells.problem(raw: raw, label: label, line: line) {
        problems.append((row, kind))
      }
      return label
    }
  }

  private mutating func readSplits() {
    guard let column = columns.split else {
      if case .folder = columns.label, let folders = FolderLabels(paths) {
        splits = folders.splits
        hasFolderSplits = splits.contains { $0 != nil }
      } else {
        splits = table.rows.map { _ in nil }
      }
      return
    }
    let cells = SplitCells(values[column.index], column, name: table.name(column.index))
    splits = cells.splits
    problems += cells.problems.filter { !paths[$0.row].isEmpty }
  }
}

extension ManifestRows {
  /// What was read another way than written.
  var notes: [ReadingNote] {
    var notes: [ReadingNote] = []
    let trimmed =
      table.trimmedNames
      + columns.used.reduce(0) { count, column in
        count
          + zip(table.rows, values[column]).count {
            $0.cells[column].utf8.count != $1.utf8.count
          }
      }
    if trimmed > 0 { notes.append(.trimmed(cells: trimmed)) }
    if table.emptyRows > 0 { notes.append(.emptyRows(table.emptyRows)) }
    notes += resolver.changes.notes
    notes += several?.notes ?? []
    if several == nil, case .oneHot(let indices) = columns.label {
      let used = Set(labels.compactMap { $0 })
      let empty = indices.map(table.name).filter { !used.contains($0) }
      if !empty.isEmpty { notes.append(.classesWithoutImage(empty)) }
    }
    return notes
  }

  /// What may be an oversight, but for columns left alone.
  var warnings: [ReadingWarning] {
    var warnings: [ReadingWarning] = []
    if let column = columns.group {
      warnings += MissingValueWords.warnings(values[column], role: .group)
    }
    if columns.split == nil && !hasFolderSplits {
      let folders = Set(paths.compactMap { FolderLabels.folders($0)?.first })
      let splits = folders.map { Split(synonym: $0) }
      if !splits.contains(nil), Set(splits).count > 1 {
        warnings.append(.splitFoldersInPaths(folders.sorted()))
      }
    }
    return warnings
  }
}

extension ImagePathResolver.Outcome {
  /// The file, where one was found.
  var file: String? { if case .found(let file) = self { file } else { nil } }
}
