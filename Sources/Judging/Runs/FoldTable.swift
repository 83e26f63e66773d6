public import Files

/// Which image is in which fold of a cross-fit: `folds.csv`, a row an image, in the order of the data.
///
/// Columns: `path`, `label`, `group` (empty where there is none), `fold` from 1.
public struct FoldTable: Sendable, Equatable {
  /// One image.
  public struct Row: Sendable, Equatable {
    /// The image, as the data name it.
    public var path: String
    /// Its class.
    public var label: String
    /// What it belongs to; empty where nothing is said.
    public var group: String
    /// Its fold, from 1.
    public var fold: Int

    /// A row of its parts.
    public init(path: String, label: String, group: String, fold: Int) {
      (self.path, self.label, self.group, self.fold) = (path, label, group, fold)
    }
  }

  /// The images.
  public var rows: [Row]

  private static let columns = ["path", "label", "group", "fold"]

  /// A table of its rows.
  public init(_ rows: [Row]) { self.rows = rows }

  /// How many folds there are.
  public var count: Int { rows.map(\.fold).max() ?? 0 }

  /// Writes the table atomically.
  ///
  /// - Throws: `FileError` when it cannot be written.
  public func write(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: Self.columns,
      rows: rows.lazy.map { [$0.path, $0.label, $0.group, "\($0.fold)"] }, to: path)
  }

  /// Reads a table.
  ///
  /// - Throws: ``RunFileError`` naming the line that is wrong.
  public static func read(_ path: String) throws(RunFileError) -> FoldTable {
    do throws(FileError) {
      var reader = try DelimitedReader(path: path)
      let places = columns.compactMap { reader.columns.firstIndex(of: $0) }
      guard places.count == columns.count else {
        throw .malformedLine(
          path: path, line: 1, reason: "expected the columns \(columns.joined(separator: ", "))")
      }
      var table = FoldTable([])
      while let row = try reader.next() {
        let cells = places.map { row.fields[$0] }
        guard let fold = Int(cells[3]), fold >= 1 else {
          throw .malformedLine(
            path: path, line: row.line, reason: "expected a fold from 1 on, got '\(cells[3])'")
        }
        table.rows.append(Row(path: cells[0], label: cells[1], group: cells[2], fold: fold))
      }
      return table
    } catch {
      throw RunFileError(error, remedy: "restore it from a copy, or begin the cross-fit anew")
    }
  }
}
