import Files
import Requirements

/// Ratings with the names of rows, raters and classes.
public struct RatingTable: Sendable, Equatable {
  /// Who gave what.
  public var ratings: Ratings
  /// What identifies each row, `[N]`, all different.
  public var paths: [String]
  /// Names of the raters, `[M]`, all different.
  public var raters: [String]
  /// Names of the classes, `[C]`.
  public var classes: [String]
  /// The label that each row has so far, `[N]`; nil where it has none.
  public var given: [Int?]
  /// What a person should know of how it was read.
  public var notes: [String] = []

  /// A table of its parts.
  ///
  /// - Precondition: there are as many names as rows, raters and classes.
  public init(
    _ ratings: Ratings, paths: [String], raters: [String], classes: [String], given: [Int?]? = nil
  ) {
    require(
      paths.count == ratings.count && raters.count == ratings.raters
        && classes.count == ratings.classes && (given ?? []).allSatisfy { $0 ?? 0 < classes.count }
        && (given?.count ?? paths.count) == paths.count,
      "RatingTable: expected \(ratings.count) paths, \(ratings.raters) raters and \(ratings.classes) classes, got"
        + " \(paths.count), \(raters.count) and \(classes.count)")
    (self.ratings, self.paths, self.raters, self.classes) = (ratings, paths, raters, classes)
    self.given = given ?? paths.map { _ in nil }
  }

  /// Reads a table of ratings.
  ///
  /// A rating a line, in columns `path`, `rater` and `label` or what else they are usually called; or a row a line, with a column
  /// for each rater. An empty cell is no rating. The same rating twice counts once.
  ///
  /// - Parameters:
  ///   - path: the file, separated by commas, semicolons or tabs.
  ///   - raters: columns of raters; nil finds out.
  ///   - classes: names of the classes in their order; nil takes those that occur, whole numbers by size, others by their letters.
  /// - Throws: `FileError` naming file and line; ``RatingError``.
  public static func read(
    _ path: String, raters: [String]? = nil, classes: [String]? = nil
  ) throws -> RatingTable {
    var reader = try DelimitedReader(detecting: path)
    let columns = try RatingColumns(
      reader.columns.map(RatingCells.trimmed), file: path, raters: raters)
    var cells = RatingCells(path, columns, reader.columns.map(RatingCells.trimmed))
    while let row = try reader.next() { try cells.take(row) }
    return try cells.table(classes: classes)
  }
}
