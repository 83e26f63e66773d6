import Files
import Requirements
public import Sampling

/// A table of paths and labels, packed for tables of 10⁸ rows: sorted by class, mapped into memory, opened at once.
///
///     try RowManifest.pack(table: "rows.csv", pathColumn: "path", labelColumn: "label", to: "rows.manifest")
///     let manifest = try RowManifest(path: "rows.manifest")
///     let draws = EpochDraws(SquareRootSampler(), classes: manifest.counts, progress: 0, epoch: 0, key: key)
///     let path = try manifest.path(of: draws.row(at: 0))
///
/// Rows are counted by class, and within a class in the order of the table. Paths are kept in blocks of 64, each as
/// what differs from the one before. Of an open manifest memory holds the classes and five bytes for 16,384 rows;
/// all else are pages of the file, which the system takes back when it needs them. Opening checks everything but the
/// rows; those are checked 16,384 at a time, when one of them is first asked for.
///
/// If another process shortens the file meanwhile, touching the lost part ends the program (`SIGBUS`), as with every
/// `MappedFile`; a manifest that is replaced by packing anew is safe. Several threads may read one at once.
public struct RowManifest: Sendable {
  /// The names of the classes, sorted by their bytes, `[C]`.
  public let classes: ClassList
  /// Rows of each class, `[C]`.
  public let counts: ClassCounts
  private let starts: [Int]
  private let rows: PackedRows
  private let table: (bytes: Int, modified: Int)

  /// Opens a packed manifest.
  ///
  /// - Parameter path: what ``pack(table:pathColumn:labelColumn:to:)`` wrote.
  /// - Throws: ``ManifestError`` where there is none, it is of another kind or version, cut short or damaged.
  public init(path: String) throws(ManifestError) {
    let file = try ManifestError.wrapping { () throws(FileError) in try MappedFile(path: path) }
    let tail = try ManifestTail.read(file)
    guard let counts = try? ClassCounts(tail.counts), Set(tail.names).count == tail.names.count
    else { throw .damaged(path: path) }
    classes = ClassList(ordered: tail.names)
    self.counts = counts
    starts = counts.starts
    rows = PackedRows(file, tail, count: counts.total)
    table = (tail.tableBytes, tail.tableModified)
  }

  /// How many rows there are, N.
  public var count: Int { counts.total }

  /// The rows of a class.
  ///
  /// - Parameter label: in `0..<C`.
  /// - Precondition: `label` lies in `0..<C`.
  public func rows(of label: Int) -> Range<Int> {
    require(
      classes.names.indices.contains(label),
      "RowManifest: expected a class in 0..<\(classes.count), got \(label)")
    return starts[label]..<starts[label + 1]
  }

  /// The class of a row, in `0..<C`.
  ///
  /// - Parameter row: in `0..<count`.
  /// - Precondition: `row` lies in `0..<count`.
  public func label(of row: Int) -> Int {
    check(row)
    return starts.firstPlace(above: row) - 1
  }

  /// The path of a row, as it stands in the table.
  ///
  /// - Parameter row: in `0..<count`.
  /// - Throws: ``ManifestError/damagedRows(path:rows:)``.
  /// - Precondition: `row` lies in `0..<count`.
  public func path(of row: Int) throws(ManifestError) -> String {
    check(row)
    return try rows.row(row).path
  }

  /// The number of a row in the table, counted from 0 without the header.
  ///
  /// - Parameter row: in `0..<count`.
  /// - Throws: ``ManifestError/damagedRows(path:rows:)``.
  /// - Precondition: `row` lies in `0..<count`.
  public func tableRow(of row: Int) throws(ManifestError) -> Int {
    check(row)
    return try rows.row(row).origin
  }

  /// Whether a table has the size and the time of modification that it had when it was packed.
  ///
  /// - Parameter path: the table; false where there is none.
  public func isUpToDate(with path: String) -> Bool {
    guard let state = FileState(of: path) else { return false }
    return state.size == table.bytes && state.modified == table.modified
  }

  private func check(_ row: Int) {
    require(
      row >= 0 && row < count, "RowManifest: expected a row in 0..<\(count), got \(row)")
  }
}
