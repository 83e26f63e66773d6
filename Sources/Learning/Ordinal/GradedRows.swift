import Requirements

/// Rows of numbers with a grade each: what a regression of ordered classes is fitted to.
public struct GradedRows: Sendable, Equatable {
  /// Numbers, shape `[N × D]`, a row after the other.
  public let features: [Double]
  /// Numbers a row, D.
  public let width: Int
  /// Grade of each row, `[N]`, each in `0..<grades`, the lowest 0.
  public let labels: [Int]
  /// Grades there are, K.
  public let grades: Int
  /// What belongs together, `[N]`, empty of a row that stands alone; `nil` where all rows do.
  public let groups: [String]?

  /// - Parameters:
  ///   - features: numbers, `[N × D]`, a row after the other.
  ///   - width: numbers a row, D, at least 1.
  ///   - labels: grade of each row, `[N]`, each in `0..<grades`.
  ///   - grades: K, at least 2.
  ///   - groups: what belongs together, `[N]`; `nil` where every row stands alone.
  /// - Precondition: at least one row, and all as described.
  public init(
    features: [Double], width: Int, labels: [Int], grades: Int, groups: [String]? = nil
  ) {
    require(
      width >= 1 && grades >= 2 && !labels.isEmpty && features.count == labels.count * width
        && groups?.count ?? labels.count == labels.count,
      "GradedRows: expected rows of at least 1 number and 2 grades, got \(features.count) numbers for "
        + "\(labels.count) rows of \(width), \(grades) grades and \(groups?.count ?? 0) groups")
    require(
      labels.allSatisfy { (0..<grades).contains($0) },
      "GradedRows: expected grades in 0..<\(grades), got \(labels.min() ?? 0)...\(labels.max() ?? 0)"
    )
    (self.features, self.width, self.labels) = (features, width, labels)
    (self.grades, self.groups) = (grades, groups)
  }

  /// Rows, N.
  public var count: Int { labels.count }

  /// Rows of each grade, `[K]`.
  public var counts: [Int] {
    var counts = [Int](repeating: 0, count: grades)
    for label in labels { counts[label] += 1 }
    return counts
  }

  /// Some rows, `[M]` of the N, in the order given.
  ///
  /// - Parameter rows: row numbers, each in `0..<N`, at least one.
  /// - Precondition: at least one row, each in `0..<N`.
  public func keeping(_ rows: [Int]) -> GradedRows {
    GradedRows(
      features: rows.flatMap { features[$0 * width..<($0 + 1) * width] }, width: width,
      labels: rows.map { labels[$0] }, grades: grades,
      groups: groups.map { groups in rows.map { groups[$0] } })
  }

  /// The same rows with other numbers.
  func with(features: [Double]) -> GradedRows {
    GradedRows(features: features, width: width, labels: labels, grades: grades, groups: groups)
  }
}
