import Decisions
import Evaluation
import Files
import Requirements

/// A table whose columns are fused with the predictions of a model, joined by what identifies each example.
struct FusionTable {
  private let path: String
  private let names: [String]
  /// Cells of the wanted columns by the name of the row.
  private var rows: [String: [String]] = [:]

  /// - Parameters:
  ///   - path: a table, delimited.
  ///   - names: the wanted columns.
  ///   - id: the column that names the rows; nil is the first of the usual names.
  /// - Throws: `FileError`; `FusionError` for columns that are not there and rows that are named twice.
  init(_ path: String, names: [String], id: String?) throws {
    (self.path, self.names) = (path, names)
    var reader = try DelimitedReader(detecting: path, allowingUnnamed: true)
    let header = reader.columns.map(Label.trimmed)
    func place(_ name: String) throws(FusionError) -> Int {
      guard let place = header.firstIndex(of: name) else {
        throw .noColumn(
          table: path, name, nearest: nearest(to: name, among: header),
          found: header.filter { !$0.isEmpty })
      }
      return place
    }
    let usual = PredictionColumns.idNames.first { name in
      header.contains { $0.lowercased() == name }
    }
    let key = try id.map(place) ?? header.firstIndex { $0.lowercased() == usual ?? "path" }
    guard let key else {
      throw FusionError.noColumn(
        table: path, "path", nearest: nil, found: header.filter { !$0.isEmpty })
    }
    let places = try names.map(place)
    while let row = try reader.next() {
      let cells = places.map { Label.trimmed(row.fields[$0]) }
      let name = Label.trimmed(row.fields[key])
      guard rows.updateValue(cells, forKey: name) == nil else {
        throw FusionError.rowTwice(table: path, row: name)
      }
    }
  }

  /// How many rows are of none of some predictions; what identifies them may be spelled otherwise there.
  func unused(by paths: [String]) -> String? {
    let count = rows.count - Set(paths).count { cells(of: $0) != nil }
    return count == 0
      ? nil
      : "\(path): \(count) of its \(rows.count) rows are of none of the predictions, and are passed over"
  }

  /// The predictions with their cells.
  ///
  /// - Throws: `FusionError.noRow` where the table lacks some.
  func joined(_ predictions: Predictions) throws(FusionError) -> FusionRows {
    let missing = predictions.paths.filter { cells(of: $0) == nil }
    if let first = missing.first {
      throw .noRow(table: path, count: missing.count, first: first)
    }
    return FusionRows(
      predictions, names: names,
      cells: names.indices.map { place in predictions.paths.map { cells(of: $0)?[place] ?? "" } })
  }

  /// The cells of an example; names of rows are without blanks at either end.
  private func cells(of path: String) -> [String]? { rows[Label.trimmed(path)] }
}
