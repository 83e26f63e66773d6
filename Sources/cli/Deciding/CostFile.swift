import Files

/// A table of costs by class name.
enum CostFile {
  /// Costs, `[C][C]`, rows the truth, in the order of `classes`.
  /// - Throws: `FileError` for a file that is no table, `OptionError` for a class that is missing or a
  ///   cost that is no number.
  static func read(_ path: String, classes: [String]) throws -> [[Double]] {
    var reader = try DelimitedReader(path: path)
    let columns = reader.columns
    var rows: [String: [String]] = [:]
    while let row = try reader.next() { rows[row.fields[0]] = row.fields }
    return try classes.map { truth in
      guard let row = rows[truth] else { throw missing(truth, "row", path) }
      return try classes.map { decision in
        guard let place = columns.dropFirst().firstIndex(of: decision) else {
          throw missing(decision, "column", path)
        }
        guard let cost = Double(row[place]) else {
          throw OptionError.conflict(
            "costs: \(path): deciding '\(decision)' for '\(truth)' costs '\(row[place])';"
              + " expected a number")
        }
        return cost
      }
    }
  }

  private static func missing(_ name: String, _ what: String, _ path: String) -> OptionError {
    .conflict("costs: \(path) has no \(what) for '\(name)'; it needs one for every class")
  }
}
