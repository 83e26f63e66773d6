import Files
import Requirements

/// A table of costs by class name.
enum CostFile {
  /// Costs, `[C][C]`, rows the truth, in the order of `classes`.
  /// - Throws: `FileError` for a file that is no table, `OptionError` for a class that is missing, unknown
  ///   or given twice, or a cost that is no number.
  static func read(_ path: String, classes: [String]) throws -> [[Double]] {
    var reader = try DelimitedReader(path: path)
    let columns = Array(reader.columns.dropFirst())
    var rows: [(name: String, costs: [String])] = []
    while let row = try reader.next() {
      rows.append((row.fields[0], Array(row.fields.dropFirst())))
    }
    try check(rows.map(\.name), "row", classes, path)
    try check(columns, "column", classes, path)
    return try classes.map { truth in
      let row = rows.first { $0.name == truth }?.costs ?? []
      return try classes.map { decision in
        let text = columns.firstIndex(of: decision).map { row[$0] } ?? ""
        guard let cost = Double(text) else {
          throw OptionError.conflict(
            "costs: \(path): deciding '\(decision)' for '\(truth)' costs '\(text)';"
              + " expected a number")
        }
        return cost
      }
    }
  }

  /// Each class once, and nothing else.
  private static func check(
    _ names: [String], _ what: String, _ classes: [String], _ path: String
  ) throws(OptionError) {
    func wrong(_ found: String) -> OptionError {
      .conflict("costs: \(path) has \(found); it needs one \(what) for every class")
    }
    for (place, name) in names.enumerated() {
      if !classes.contains(name) {
        let meant = nearest(to: name, among: classes).map { "; did you mean '\($0)'?" } ?? ""
        throw wrong("a \(what) for '\(name)', which is no class\(meant)")
      }
      if names[..<place].contains(name) { throw wrong("two \(what)s for '\(name)'") }
    }
    if let missing = classes.first(where: { !names.contains($0) }) {
      throw wrong("no \(what) for '\(missing)'")
    }
  }
}
