import Files

/// How the tables of a run are read: every column that is needed, whatever others there are, and each row whole.
enum RunTable {
  /// The rows of a table.
  ///
  /// - Parameters:
  ///   - path: of the table.
  ///   - columns: that it must have.
  ///   - shown: how many fields an error shows of a row that is wrong.
  ///   - remedy: what an error tells to do.
  ///   - row: makes a row of its fields by column; nil where one is not what it should be.
  /// - Throws: ``RunFileError`` naming the line that is wrong.
  static func rows<Row>(
    of path: String, columns: [String], shown: Int, remedy: String,
    _ row: ([String: String]) -> Row?
  ) throws(RunFileError) -> [Row] {
    do throws(FileError) {
      var reader = try DelimitedReader(path: path)
      for name in columns where !reader.columns.contains(name) {
        throw .malformedLine(path: path, line: 1, reason: "lacks the column '\(name)'")
      }
      var rows: [Row] = []
      while let record = try reader.next() {
        let values = Dictionary(uniqueKeysWithValues: zip(reader.columns, record.fields))
        guard let read = row(values) else {
          throw .malformedLine(
            path: path, line: record.line,
            reason: "expected numbers, got \(record.fields.prefix(shown))")
        }
        rows.append(read)
      }
      return rows
    } catch {
      throw RunFileError(error, remedy: remedy)
    }
  }
}
