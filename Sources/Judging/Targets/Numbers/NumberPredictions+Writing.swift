import Evaluation
public import Files

extension NumberPredictions {
  /// The table as ``read(_:)`` reads it: `path`, `y_true` (blank where not known; left out where it is known of none), `y_pred`,
  /// `lower` and `upper` where there are intervals, and the columns carried along.
  ///
  /// - Returns: names of the columns, and the rows.
  public var table: (columns: [String], rows: [[String]]) {
    let isKnown = truths.contains { $0 != nil }
    let columns =
      ["path"] + (isKnown ? ["y_true"] : []) + ["y_pred"]
      + (intervals == nil ? [] : ["lower", "upper"]) + carried.names
    let rows = paths.indices.map { row -> [String] in
      [paths[row]] + (isKnown ? [truths[row].map { "\($0)" } ?? ""] : []) + ["\(predicted[row])"]
        + (intervals.map { ["\($0[row].lowerBound)", "\($0[row].upperBound)"] } ?? [])
        + carried.columns.map { $0.values[row] }
    }
    return (columns, rows)
  }

  /// Writes the table atomically; separated by tabs where the name ends in `.tsv`.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` when it cannot be written.
  public func write(to path: String) throws(FileError) {
    let (columns, rows) = table
    try DelimitedWriter.write(columns: columns, rows: rows, to: path)
  }
}
