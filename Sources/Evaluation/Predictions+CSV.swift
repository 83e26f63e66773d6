public import Files

/// `predictions-*.csv`: `path,y_true,y_pred,prob_<class>...`, then the columns carried along. Without
/// any truth there is no `y_true`; a single unknown truth is an empty cell.
extension Predictions {
  private static let reserved: Set<String> = ["path", "y_true", "y_pred"]
  private static let prefix = "prob_"

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
    (hasTruth ? ["path", "y_true", "y_pred"] : ["path", "y_pred"])
      + classes.map { Self.prefix + $0 }
      + columns.map { Self.isReserved($0.name) ? "data_" + $0.name : $0.name }
  }

  private func cells(_ row: Int, hasTruth: Bool) -> [String] {
    var cells = [paths[row]]
    if hasTruth { cells.append(truths[row].map { classes[$0] } ?? "") }
    cells.append(classes[predicted[row]])
    for p in self[row] { cells.append(p.description) }
    for column in columns { cells.append(column.values[row]) }
    return cells
  }

  /// Reads a table of predictions, this project's or another's with the same columns.
  ///
  /// Classes and their order are those of the `prob_` columns. Without `y_pred` the most probable
  /// class is taken; any other column is carried along.
  ///
  /// - Parameter path: A CSV file, or TSV where the name ends so.
  /// - Throws: `PredictionsError` naming file and line.
  public static func read(_ path: String) throws(PredictionsError) -> Predictions {
    var table: Table
    do throws(FileError) {
      var reader = try DelimitedReader(path: path)
      table = try Table(file: path, header: reader.columns)
      while let row = try reader.next() { try table.add(row) }
    } catch {
      throw .file(error)
    }
    do throws(PredictionsError) {
      return try table.predictions()
    } catch {
      throw .inFile(path, error)
    }
  }

  private static func isReserved(_ name: String) -> Bool {
    reserved.contains(name) || name.hasPrefix(prefix)
  }

  /// The columns of a file as they fill up.
  private struct Table {
    let file: String
    let classes: [String]
    private let index: [String: Int]
    private let path: Int
    private let truth: Int?
    private let decision: Int?
    private let scores: [Int]
    private let carried: [(name: String, index: Int)]
    private var paths: [String] = []
    private var truths: [Int?] = []
    private var predicted: [Int] = []
    private var probabilities: [Double] = []
    private var values: [[String]]

    init(file: String, header: [String]) throws(FileError) {
      guard let path = header.firstIndex(of: "path") else {
        throw .malformedLine(
          path: file, line: 1,
          reason: "expected a column 'path', got \(header.joined(separator: ", "));"
            + " predictions have path,y_true,y_pred,prob_<class>...")
      }
      self.file = file
      self.path = path
      truth = header.firstIndex(of: "y_true")
      decision = header.firstIndex(of: "y_pred")
      scores = header.indices.filter { header[$0].hasPrefix(Predictions.prefix) }
      classes = scores.map { String(header[$0].dropFirst(Predictions.prefix.count)) }
      index = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
      carried = header.indices.filter { !Predictions.isReserved(header[$0]) }
        .map { (header[$0], $0) }
      values = carried.map { _ in [] }
    }

    mutating func add(_ row: DelimitedRow) throws(FileError) {
      paths.append(row.fields[path])
      for column in scores {
        guard let p = Double(row.fields[column]) else {
          throw error(
            row, "'\(row.fields[path])': expected a probability, got '\(row.fields[column])'")
        }
        probabilities.append(p)
      }
      if let truth {
        let name = row.fields[truth]
        truths.append(name.isEmpty ? nil : try classIndex(of: name, "y_true", row))
      }
      if let decision {
        predicted.append(try classIndex(of: row.fields[decision], "y_pred", row))
      }
      for (place, column) in carried.enumerated() { values[place].append(row.fields[column.index]) }
    }

    func predictions() throws(PredictionsError) -> Predictions {
      try Predictions(
        classes: classes, paths: paths, truths: truth == nil ? nil : truths,
        predicted: decision == nil ? nil : predicted, probabilities: probabilities,
        columns: zip(carried, values).map { Column($0.name, $1) })
    }

    private func classIndex(
      of name: String, _ column: String, _ row: DelimitedRow
    ) throws(FileError) -> Int {
      guard let found = index[name] else {
        throw error(
          row,
          "\(column) is '\(name)', which has no column \(Predictions.prefix)\(name);"
            + " the classes are \(classes.joined(separator: ", "))")
      }
      return found
    }

    private func error(_ row: DelimitedRow, _ reason: String) -> FileError {
      .malformedLine(path: file, line: row.line, reason: reason)
    }
  }
}
