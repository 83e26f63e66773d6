import Requirements

/// Features of named rows, checked: every name once, every number finite.
public struct FeatureTable: Sendable, Equatable {
  /// What identifies each row, `[N]`.
  public let paths: [String]
  /// Row by row, `[N, D]` flat.
  public let values: [Float]
  /// D.
  public let width: Int

  /// Number of rows, N.
  public var count: Int { paths.count }

  /// A table of its parts.
  ///
  /// - Parameters:
  ///   - paths: what identifies each row, `[N]`.
  ///   - values: row by row, `[N, D]` flat.
  ///   - width: D, at least 1.
  ///   - name: what errors call the whole.
  /// - Throws: ``CurationError`` where there are no rows, where two have one name, and for a number that is not finite.
  /// - Precondition: there are `N · D` numbers.
  public init(
    paths: [String], values: [Float], width: Int, name: String = "the features"
  ) throws(CurationError) {
    require(
      width > 0 && values.count == paths.count * width,
      "FeatureTable: expected \(paths.count) rows of \(width) numbers, got \(values.count)")
    guard !paths.isEmpty else { throw .noRows(name) }
    var seen: Set<String> = []
    for path in paths where !seen.insert(path).inserted { throw .repeated(path: path) }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(path: paths[place / width], column: place % width)
    }
    (self.paths, self.values, self.width) = (paths, values, width)
  }
}
