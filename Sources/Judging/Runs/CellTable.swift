public import Files

/// `cells.csv`: every cell of a comparison once, in the order of the grid.
///
/// Columns: `method`, `settings`, `imbalance` (empty where the training part is as it lies), `seed`, `fold` (empty
/// without folds), `status`, `chosen` (yes or no of settings that were tried; else empty), a column a metric (empty
/// where undefined), `seconds` of training, `version`, `revision`, `run`, `problem`.
public struct CellTable: Sendable, Equatable {
  /// The cells.
  public var cells: [CellRecord]

  private static let first = [
    "method", "settings", "imbalance", "seed", "fold", "status", "chosen",
  ]
  private static let last = ["seconds", "version", "revision", "run", "problem"]

  /// A table of its cells.
  public init(_ cells: [CellRecord] = []) { self.cells = cells }

  /// The cell of a name.
  public subscript(name: String) -> CellRecord? { cells.first { $0.name == name } }

  /// Writes the table atomically.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - metrics: Columns of metrics, in order.
  /// - Throws: `FileError` when it cannot be written.
  public func write(to path: String, metrics: [String]) throws(FileError) {
    try DelimitedWriter.write(
      columns: Self.first + metrics + Self.last,
      rows: cells.lazy.map { Self.fields($0, metrics) }, to: path)
  }

  private static func fields(_ cell: CellRecord, _ metrics: [String]) -> [String] {
    var fields = [cell.method, cell.settings, cell.imbalance.map(plain) ?? "", "\(cell.seed)"]
    fields.append(cell.fold.map { "\($0)" } ?? "")
    fields.append(cell.status.rawValue)
    fields.append(cell.isChosen.map { $0 ? "yes" : "no" } ?? "")
    for name in metrics { fields.append(cell.metrics[name].map { "\($0)" } ?? "") }
    fields.append(cell.seconds.map { "\($0)" } ?? "")
    fields += [cell.version, cell.revision, cell.name]
    fields.append(cell.problem.replacing("\n", with: " "))
    return fields
  }

  /// Reads a table; every column of numbers between `chosen` and `seconds` is a metric.
  ///
  /// - Throws: ``RunFileError`` naming the line that is wrong.
  public static func read(_ path: String) throws(RunFileError) -> CellTable {
    do throws(FileError) {
      var reader = try DelimitedReader(path: path)
      let columns = reader.columns
      guard columns.starts(with: first), Array(columns.suffix(last.count)) == last else {
        throw .malformedLine(
          path: path, line: 1,
          reason: "expected the columns \((first + ["…"] + last).joined(separator: ", "))")
      }
      var table = CellTable()
      while let row = try reader.next() {
        guard let cell = cell(row.fields, columns) else {
          throw .malformedLine(
            path: path, line: row.line, reason: "expected a cell, with numbers where numbers belong"
          )
        }
        table.cells.append(cell)
      }
      return table
    } catch {
      throw RunFileError(
        error, remedy: "delete it: what the runs hold is read again, and cells that failed run anew"
      )
    }
  }

  private static func cell(_ fields: [String], _ columns: [String]) -> CellRecord? {
    let end = Array(fields.suffix(last.count))
    guard let seed = Int(fields[3]), let status = CellRecord.Status(rawValue: fields[5]),
      fields[2].isEmpty || Double(fields[2]) != nil, fields[4].isEmpty || Int(fields[4]) != nil,
      ["", "yes", "no"].contains(fields[6]), end[0].isEmpty || Double(end[0]) != nil
    else { return nil }
    var cell = CellRecord(
      name: end[3], method: fields[0], settings: fields[1], imbalance: Double(fields[2]),
      seed: seed, fold: Int(fields[4]))
    cell.status = status
    cell.isChosen = ["yes": true, "no": false][fields[6]]
    for place in first.count..<columns.count - last.count where !fields[place].isEmpty {
      guard let value = Double(fields[place]) else { return nil }
      cell.metrics[columns[place]] = value
    }
    cell.seconds = Double(end[0])
    (cell.version, cell.revision, cell.problem) = (end[1], end[2], end[4])
    return cell
  }

  /// A number without a needless point.
  package static func plain(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}
