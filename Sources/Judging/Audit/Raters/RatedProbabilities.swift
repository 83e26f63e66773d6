import Requirements

/// What a model that has not seen them says of rows that raters rated: probabilities `[K, C]` of `K` of the `N` rows.
public struct RatedProbabilities: Sendable, Equatable {
  /// The rows they are of, in rising order, `[K]`.
  public let rows: [Int]
  /// Probabilities row by row, `[K, C]` flat, each row summing to 1.
  public let values: [Double]
  /// Number of classes `C`.
  public let classes: Int

  /// Probabilities of their parts.
  ///
  /// - Precondition: `rows` rise strictly, and there are `C` values for each.
  public init(rows: [Int], values: [Double], classes: Int) {
    require(
      values.count == rows.count * classes && zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 },
      "RatedProbabilities: expected \(classes) values for each of rising rows, got \(values.count) for \(rows.count)"
    )
    (self.rows, self.values, self.classes) = (rows, values, classes)
  }

  /// Some rows of a file or of memory, checked.
  ///
  /// - Parameters:
  ///   - all: where they are.
  ///   - places: the row of `all` for each of `rows`, `[K]`.
  ///   - rows: the rows that were rated, in rising order, `[K]`.
  /// - Throws: `FileError`; ``AuditError/notAProbability(row:column:value:)`` and ``AuditError/badSum(row:sum:)``.
  /// - Precondition: there are as many places as rows.
  public init(_ all: ProbabilityRows, places: [Int], rows: [Int]) throws {
    var values: [Double] = []
    values.reserveCapacity(places.count * all.classes)
    for place in places {
      let row = try all.withRows(place..<place + 1) { Array($0) }
      for (column, value) in row.enumerated()
      where !(-RowFacts.tolerance...1 + RowFacts.tolerance).contains(value) {
        throw AuditError.notAProbability(row: place, column: column, value: value)
      }
      let sum = row.reduce(0, +)
      guard abs(sum - 1) <= RowFacts.sumTolerance else {
        throw AuditError.badSum(row: place, sum: sum)
      }
      values += row
    }
    self.init(rows: rows, values: values, classes: all.classes)
  }

  /// Probabilities of the `place`-th of the rows, `[C]`.
  subscript(place: Int) -> ArraySlice<Double> {
    values[place * classes..<(place + 1) * classes]
  }

  /// The most probable class of the `place`-th of the rows; of equals the first.
  func predicted(_ place: Int) -> Int { largest(self[place]) }
}

/// Place of the largest of some numbers from the first on; of equals the first.
func largest(_ values: ArraySlice<Double>) -> Int {
  var best = values.startIndex
  for place in values.indices where values[place] > values[best] { best = place }
  return best - values.startIndex
}
