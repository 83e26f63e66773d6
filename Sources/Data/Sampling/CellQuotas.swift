import Requirements

/// How many draws each cell gets: all cells alike, but none more than a cap lets it.
///
/// ```text
/// q_c = min(u_c, λ) or one more,   u_c = ⌊cap · n_c⌋,   Σ q_c = draws
/// ```
///
/// λ is the largest whole number that leaves no cell's quota beyond the draws; the draws that are left, fewer than the cells below
/// their cap, go one each to those that have the most rows, the first of equals. A cap of 1 gives every cell its own rows where
/// there are as many draws as rows; a large one gives all cells the same.
public struct CellQuotas: Sendable, Equatable {
  /// q, `[C]`, at least 0; sums to the draws, or to Σ u where that is less.
  public let values: [Int]

  /// - Parameters:
  ///   - sizes: n, rows of each cell, `[C]`, at least 1.
  ///   - draws: how many there are in all, at least 0.
  ///   - cap: how often a row may be drawn, in the mean of its cell, at least 1.
  /// - Precondition: all are in range.
  public init(sizes: [Int], draws: Int, cap: Double) {
    require(
      sizes.allSatisfy { $0 >= 1 } && draws >= 0 && cap >= 1 && cap.isFinite,
      "CellQuotas: expected cells with rows, draws and a cap of at least 1, got \(sizes), \(draws), \(cap)"
    )
    // No cell can use more than all draws, so that a large cap stays a whole number.
    let limits = sizes.map { Int(min((cap * Double($0)).rounded(.down), Double(draws))) }
    func taken(_ level: Int) -> Int { limits.reduce(0) { $0 + min($1, level) } }
    var (level, above) = (0, draws + 1)
    while above - level > 1 {
      let middle = (level + above) / 2
      if taken(middle) <= draws { level = middle } else { above = middle }
    }
    var values = limits.map { min($0, level) }
    let open = sizes.indices.filter { limits[$0] > level }
      .sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
    for cell in open.prefix(draws - taken(level)) { values[cell] += 1 }
    self.values = values
  }
}
