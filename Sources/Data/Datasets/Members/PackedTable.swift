import Files

/// The table of a packed data set: a row for each example, under the names that the columns had, so that whatever says how to
/// read the data says how to read the packed ones.
struct PackedTable {
  let columns: [String]
  private let labels: Labels
  private let hasSplit: Bool
  private let hasGroup: Bool
  private let attributes: [String]

  private enum Labels {
    case none
    /// A class, or a number.
    case one
    /// All labels of an example in one column, as a list.
    case list([String])
    /// A column for each label.
    case columns(Int)
  }

  /// The columns that data need.
  init(_ data: Dataset) {
    let used = data.reading.tables.first?.used ?? []
    func name(_ role: ColumnRole) -> String {
      used.first { $0.role == role && $0.columns.count == 1 }?.columns[0] ?? role.rawValue
    }
    var columns = [name(.path)]
    if let names = data.labelNames {
      let isList = used.contains { $0.role == .label && $0.columns.count == 1 }
      labels = isList ? .list(names) : .columns(names.count)
      columns += isList ? [name(.label)] : names
    } else if data.examples.contains(where: { $0.label != nil }) {
      labels = .one
      columns.append(name(.label))
    } else {
      labels = .none
    }
    hasSplit = data.examples.contains { $0.split != nil }
    hasGroup = data.examples.contains { $0.group != nil }
    if hasSplit { columns.append(name(.split)) }
    if hasGroup { columns.append(name(.group)) }
    let taken = Set(columns)
    let known = data.reading.tables.flatMap(\.leftAlone)
    let others = Set(data.examples.lazy.flatMap(\.attributes.keys)).subtracting(taken)
    attributes = known.filter(others.contains) + others.subtracting(known).sorted()
    self.columns = columns + attributes
  }

  /// The row of an example.
  ///
  /// - Parameter name: the name of its record.
  func row(of example: Example, named name: String) -> [String] {
    var cells = [name]
    switch labels {
    case .none: break
    case .one: cells.append(example.label ?? "")
    case .list(let names):
      let own = zip(names, example.labels ?? []).filter { $1 == true }.map(\.0)
      cells.append("[" + own.map(COCOAnnotations.quoted).joined(separator: ", ") + "]")
    case .columns(let count):
      let own = example.labels ?? [Bool?](repeating: nil, count: count)
      cells += own.map { $0.map { $0 ? "1" : "0" } ?? "" }
    }
    if hasSplit { cells.append(example.split?.rawValue ?? "") }
    if hasGroup { cells.append(example.group ?? "") }
    return cells + attributes.map { example.attributes[$0] ?? "" }
  }
}
