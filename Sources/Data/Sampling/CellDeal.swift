import Randomness
import Requirements

/// Rows dealt into parts one after the other, so that every part has its share of all rows, of every range and of every cell.
///
/// Rows are put in order, range after range and in each cell after cell, all in a random order, and each goes to the part that has the
/// most of its share still to come. A run of m rows in that order, be it all of them, a range or a cell, leaves each of K equal parts
/// ⌊m / K⌋ or ⌈m / K⌉, and parts of unequal shares f within 2 rows of f m.
public struct CellDeal: Sendable, Equatable {
  /// Part of each row, `[N]`.
  public let part: [Int]

  /// - Parameters:
  ///   - cells: of the rows, `[N]`.
  ///   - shares: f, of each part, `[K]`, above 0, with a sum of 1.
  ///   - generator: orders ranges, cells, rows and parts.
  /// - Precondition: the shares are in range.
  public init(
    _ cells: JointCells, shares: [Double], using generator: inout some RandomNumberGenerator
  ) {
    require(
      !shares.isEmpty && shares.allSatisfy { $0 > 0 } && abs(shares.reduce(0, +) - 1) < 1e-9,
      "CellDeal: expected shares above 0 that sum to 1, got \(shares)")
    let rank = generator.shuffle((cells.range.max() ?? 0) + 1)
    let place = generator.shuffle(cells.count)
    let shuffled = generator.shuffle(cells.ofRow.count)
    let turn = generator.shuffle(shares.count)
    let order = shuffled.indices.sorted { a, b in
      let (x, y) = (cells.ofRow[shuffled[a]], cells.ofRow[shuffled[b]])
      return (rank[cells.range[x]], place[x], a) < (rank[cells.range[y]], place[y], b)
    }
    var part = [Int](repeating: 0, count: cells.ofRow.count)
    var given = [Int](repeating: 0, count: shares.count)
    for (number, position) in order.enumerated() {
      var (best, most) = (turn[0], -Double.infinity)
      for candidate in turn {
        let owed = shares[candidate] * Double(number + 1) - Double(given[candidate])
        // Equal parts are owed the same but for rounding, and take turns.
        if owed > most + 1e-6 { (best, most) = (candidate, owed) }
      }
      part[shuffled[position]] = best
      given[best] += 1
    }
    self.part = part
  }
}
