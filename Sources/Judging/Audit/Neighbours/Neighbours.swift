import Requirements

/// The k nearest other examples of each example by cosine distance, exact.
public struct Neighbours: Sendable, Equatable {
  /// Number of neighbours of each, k.
  public let count: Int
  /// The neighbours, the nearest first, `[N, k]` flat.
  public let rows: [Int32]
  /// 1 − cosine of each, in 0…2, `[N, k]` flat.
  public let distances: [Float]

  /// Neighbours as a search has found them.
  ///
  /// - Parameters:
  ///   - count: k, at least 1.
  ///   - rows: the neighbours, the nearest first, `[N, k]` flat.
  ///   - distances: 1 − cosine of each, `[N, k]` flat.
  /// - Precondition: both lists are whole rows of `count`.
  public init(count: Int, rows: [Int32], distances: [Float]) {
    require(
      count > 0 && rows.count % count == 0 && rows.count == distances.count,
      "Neighbours: expected rows of \(count), got \(rows.count) and \(distances.count)")
    (self.count, self.rows, self.distances) = (count, rows, distances)
  }

  /// Looks for neighbours by products of blocks of rows, each pair of blocks once.
  ///
  /// - Parameters:
  ///   - features: row by row, `[N, D]` flat, finite.
  ///   - width: D.
  ///   - count: k, from 1 to N − 1.
  ///   - threads: how many threads work; the result is the same for any number.
  /// - Throws: ``AuditError/tooFewNeighbours(rows:neighbours:)`` and ``AuditError/notFinite(row:column:)``.
  /// - Precondition: `features` has whole rows.
  public init(
    of features: [Float], width: Int, count: Int, threads: Int = 1
  ) throws(AuditError) {
    try self.init(
      of: features, width: width, count: count, threads: threads,
      products: PlainProducts(threads: threads))
  }

  /// Looks for neighbours by the products of a library; which library cannot be seen in the result.
  ///
  /// - Parameters:
  ///   - features: row by row, `[N, D]` flat, finite.
  ///   - width: D.
  ///   - count: k, from 1 to N − 1.
  ///   - threads: how many threads look through the products; the result is the same for any number.
  ///   - products: who multiplies.
  /// - Throws: ``AuditError/tooFewNeighbours(rows:neighbours:)`` and ``AuditError/notFinite(row:column:)``.
  /// - Precondition: `features` has whole rows.
  public init(
    of features: [Float], width: Int, count: Int, threads: Int = 1, products: some RowProducts
  ) throws(AuditError) {
    require(
      width > 0 && features.count % width == 0,
      "Neighbours: expected rows of \(width) numbers, got \(features.count)")
    let n = features.count / width
    guard count >= 1, count < n else { throw .tooFewNeighbours(rows: n, neighbours: count) }
    if let place = features.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: place / width, column: place % width)
    }
    let search = SymmetricSearch(
      Self.normalized(features, width), width: width, count: count, threads: threads)
    self.count = count
    (rows, distances) = search.nearest(products)
  }

  /// Rows of length 1; a row of zeros stays one.
  private static func normalized(_ features: [Float], _ width: Int) -> [Float] {
    var unit = features
    for start in stride(from: 0, to: features.count, by: width) {
      var square = 0.0
      for place in start..<start + width { square += Double(unit[place]) * Double(unit[place]) }
      let scale = square > 0 ? 1 / square.squareRoot() : 0
      // Of lengths near the ends of single precision, 1 / length has lost digits there, or is infinite.
      if scale == 0 || Float(scale).isNormal {
        for place in start..<start + width { unit[place] *= Float(scale) }
      } else {
        for place in start..<start + width { unit[place] = Float(Double(unit[place]) * scale) }
      }
    }
    return unit
  }
}
