public import Files

/// `predictions-*.csv`: `path,y_true,y_pred,prob_<class>...`, then the columns carried along. Without
/// any truth there is no `y_true`; a single unknown truth is an empty cell.
extension Predictions {
  /// Writes the table, atomically; equal predictions give equal bytes.
  ///
  /// A carried column whose name the format needs itself gets `data_` before its name.
  ///
  /// - Parameter path: The file to write; one that ends in `.tsv` is separated by tabs.
  /// - Throws: `FileError` in the user's words: full disk, missing folder, permission.
  public func write(to path: String) throws(FileError) {
    let rows = (0..<count).lazy.map { cells($0, hasTruth: hasTruth) }
    try DelimitedWriter.write(columns: header, rows: rows, to: path)
  }

  /// The table as text, the very bytes that ``write(to:)`` puts into a `.csv` file.
  public func text() -> String {
    let rows = (0..<count).map { cells($0, hasTruth: hasTruth) }
    return ([header] + rows).map { DelimitedWriter.line($0) }.joined()
  }

  private var hasTruth: Bool { truths.contains { $0 != nil } }

  private var header: [String] {
    let scores = PredictionColumns.Scores.probability.rawValue
    return (hasTruth ? ["path", "y_true", "y_pred"] : ["path", "y_pred"])
      + classes.map { scores + $0 }
      + columns.map { isReserved($0.name) ? "data_" + $0.name : $0.name }
  }

  /// Whether a column of this name would be read back as something else.
  private func isReserved(_ name: String) -> Bool {
    let name = name.lowercased()
    let prefixes = [PredictionColumns.Scores.probability, .logit].map(\.rawValue)
    return ["path", "y_true", "y_pred"].contains(name) || prefixes.contains(where: name.hasPrefix)
      || !hasTruth && PredictionColumns.truthNames.contains(name)
  }

  private func cells(_ row: Int, hasTruth: Bool) -> [String] {
    var cells = [paths[row]]
    if hasTruth { cells.append(truths[row].map { classes[$0] } ?? "") }
    cells.append(classes[predicted[row]])
    for p in self[row] { cells.append(p.description) }
    for column in columns { cells.append(column.values[row]) }
    return cells
  }

  /// Reads a table of predictions, this project's or anybody's.
  ///
  /// Separator and columns are seen from the header, without regard to case:
  ///
  /// - what identifies an example: `path`, `id`, `file`, `file_name`, `image`, …;
  /// - its true class, where known: `y_true`, `label`, `target`, `class`, …; an empty cell is unknown;
  /// - its decided class: `y_pred`, `prediction`; without one the most probable class is taken;
  /// - one `prob_<class>` for each class; or `logit_<class>`, of which the softmax is taken; or a column
  ///   with the bare name of the class and numbers in 0…1;
  /// - any other column, such as `group`, `patient_id`, `split` or `site`, is carried along.
  ///
  /// The file is read as a stream: what is held is the result, and little else.
  ///
  /// - Parameter path: A file separated by commas, semicolons or tabs.
  /// - Throws: `PredictionsError` naming file and line, or both rows of a repeated example.
  public static func read(_ path: String) throws(PredictionsError) -> Predictions {
    try read(path) { () throws(FileError) in try DelimitedReader(detecting: path) }
  }

  /// Reads a table of predictions from memory, as ``read(_:)``.
  ///
  /// - Parameters:
  ///   - bytes: The whole table.
  ///   - name: What errors call it.
  /// - Throws: As ``read(_:)``.
  public static func read(
    bytes: [UInt8], name: String
  ) throws(PredictionsError) -> Predictions {
    try read(name) { () throws(FileError) in try DelimitedReader(detecting: bytes, name: name) }
  }

  private static func read(
    _ file: String, _ open: () throws(FileError) -> DelimitedReader
  ) throws(PredictionsError) -> Predictions {
    let table: PredictionTable
    do throws(FileError) {
      var reader = try open()
      var record = DelimitedRecord()
      let hasRows = try reader.next(into: &record)
      let columns = try PredictionColumns(
        reader.columns, first: hasRows ? record : nil, file: file)
      var filling = PredictionTable(columns, header: reader.columns)
      if hasRows { try filling.read(&reader, first: record) }
      table = filling
    } catch {
      throw .file(error)
    }
    do throws(PredictionsError) {
      return try table.predictions()
    } catch {
      throw .inFile(file, error)
    }
  }
}
