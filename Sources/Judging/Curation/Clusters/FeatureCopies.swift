public import Audit

/// Rows that are all but the same: near copies, by features.
///
/// Two rows are near copies where their cosine distance is at most a bound and one is among the ten nearest of the other. Sets
/// hang together by such pairs; the first row of a set stands for it.
public struct FeatureCopies: Sendable, Equatable {
  /// The row that stands for each, `[N]`; itself where it is no copy.
  public let originals: [Int]

  /// Rows that another stands for.
  public var count: Int { originals.indices.count { originals[$0] != $0 } }

  /// None among so many rows.
  public init(none rows: Int) { originals = Array(0..<rows) }

  private static let neighbours = 10

  /// - Parameters:
  ///   - rows: row by row, `[N, D]` flat, finite.
  ///   - width: D.
  ///   - distance: greatest cosine distance of copies, in 0…2.
  ///   - threads: how many threads look; the result is the same for any number.
  ///   - products: who multiplies.
  /// - Throws: `AuditError.notFinite` for a feature that is no number.
  public init(
    _ rows: [Float], width: Int, within distance: Double, threads: Int, products: some RowProducts
  ) throws(AuditError) {
    let n = rows.count / max(1, width)
    guard n > 1 else {
      originals = Array(0..<n)
      return
    }
    let near = try Neighbours(
      of: rows, width: width, count: min(Self.neighbours, n - 1), threads: threads,
      products: products)
    var roots = Array(0..<n)
    func root(_ row: Int) -> Int {
      var row = row
      while roots[row] != row { row = roots[row] }
      return row
    }
    for row in 0..<n {
      for place in row * near.count..<(row + 1) * near.count
      where Double(near.distances[place]) <= distance {
        let (a, b) = (root(row), root(Int(near.rows[place])))
        // The smaller number is the root, so the first of a set stands for it.
        roots[max(a, b)] = min(a, b)
      }
    }
    originals = (0..<n).map(root)
  }
}
