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
    let scores = PredictionColumns.Prefix.probability.rawValue
    return (hasTruth ? ["path", "y_true", "y_pred"] : ["path", "y_pred"])
      + (hasScores ? classes.map { scores + $0 } : [])
      + carriedNames
  }

  /// Names of the carried columns as they are written: none is one of the format's own, and none stands twice.
  private var carriedNames: [String] {
    var taken = Set(columns.map(\.name))
    return columns.map { column in
      guard isReserved(column.name) else { return column.name }
      var name = "data_" + column.name
      while !taken.insert(name).inserted { name = "data_" + name }
      return name
    }
  }

  /// Whether a column of this name would be read back as something else.
  private func isReserved(_ name: String) -> Bool {
    let name = name.lowercased()
    let prefixes = [PredictionColumns.Prefix.probability, .logit].map(\.rawValue)
    return ["path", "y_true", "y_pred"].contains(name) || prefixes.contains(where: name.hasPrefix)
      || !hasTruth && PredictionColumns.truthNames.contains(name)
  }

  private func cells(_ row: Int, hasTruth: Bool) -> [String] {
    var cells = [paths[row]]
    if hasTruth { cells.append(truths[row].map { classes[$0] } ?? "") }
    cells.append(classes[predicted[row]])
    if hasScores { for p in self[row] { cells.append(p.description) } }
    for column in columns { cells.append(column.values[row]) }
    return cells
  }

  /// Reads a table of predictions, this project's or anybody's.
  ///
  /// - Parameter path: A file separated by commas, semicolons or tabs; its N rows become
  ///   probabilities `[N, C]`.
  /// - Throws: `PredictionsError` naming file and line, or both rows of a repeated example.
  public static func read(_ path: String) throws(PredictionsError) -> Predictions {
    try reading(path).predictions
  }

  /// Reads a table of predictions from memory, N rows to probabilities `[N, C]`, as ``read(_:)``.
  ///
  /// - Parameters:
  ///   - bytes: The whole table.
  ///   - name: What errors call it.
  /// - Throws: As ``read(_:)``.
  public static func read(
    bytes: [UInt8], name: String
  ) throws(PredictionsError) -> Predictions {
    try reading(bytes: bytes, name: name).predictions
  }

  /// Reads a table of predictions, and says what was guessed, left out or changed.
  ///
  /// Separator and columns are seen from the header, without regard to case:
  ///
  /// - what identifies an example: `path`, `id`, `file`, `file_name`, `image`, …;
  /// - its true class, where known: `y_true`, `label`, `target`, `class`, …, or a column of 0 and 1 for each
  ///   class, with the name of the class alone or such as `true_<class>`; an empty cell is unknown. Numbers
  ///   from 0 on stand for the classes in the order of their columns;
  /// - its decided class: `y_pred`, `prediction`, …; without one the most probable class is taken;
  /// - one `prob_<class>` for each class; or `logit_<class>`, of which the softmax is taken; or a column
  ///   with the bare name of the class and numbers in 0…1; or one column `score`, `prob`, `prob_<class>`, … for
  ///   two classes; or none, where decisions alone are to be judged;
  /// - any other column, such as `group`, `patient_id`, `split` or `site`, is carried along.
  ///
  /// The file is read as a stream: what is held is the result, and little else. A header that does not say
  /// what is what takes a second pass.
  ///
  /// - Parameters:
  ///   - path: A file separated by commas, semicolons or tabs.
  ///   - options: How it is to be read.
  /// - Throws: `PredictionsError` naming file and line, or both rows of a repeated example.
  public static func reading(
    _ path: String, _ options: PredictionOptions = PredictionOptions()
  ) throws(PredictionsError) -> PredictionReading {
    try reading(path, options) { () throws(FileError) in try DelimitedReader(detecting: path) }
  }

  /// Reads a table of predictions from memory, as ``reading(_:_:)``.
  ///
  /// - Parameters:
  ///   - bytes: The whole table.
  ///   - name: What errors call it.
  ///   - options: How it is to be read.
  /// - Throws: As ``reading(_:_:)``.
  public static func reading(
    bytes: [UInt8], name: String, _ options: PredictionOptions = PredictionOptions()
  ) throws(PredictionsError) -> PredictionReading {
    try reading(name, options) { () throws(FileError) in
      try DelimitedReader(detecting: bytes, name: name)
    }
  }

  private static func reading(
    _ file: String, _ options: PredictionOptions,
    _ open: @escaping () throws(FileError) -> DelimitedReader
  ) throws(PredictionsError) -> PredictionReading {
    let (header, profile) = try profiled(open)
    let columns = try PredictionColumns(header, profile: profile, options, file: file, open: open)
    var table = PredictionTable(columns, header: header, options, file: file)
    do throws(FileError) {
      var reader = try open()
      try table.read(&reader)
    } catch {
      throw .file(error)
    }
    return try table.reading()
  }

  /// The header, and what the columns hold where it does not say all.
  private static func profiled(
    _ open: () throws(FileError) -> DelimitedReader
  ) throws(PredictionsError) -> ([String], ColumnProfile?) {
    do throws(FileError) {
      var reader = try open()
      let header = reader.columns
      if PredictionColumns.isPlain(header) { return (header, nil) }
      let profile = try ColumnProfile(&reader, labels: PredictionColumns.labelled(header))
      return (header, profile)
    } catch {
      throw .file(error)
    }
  }
}
