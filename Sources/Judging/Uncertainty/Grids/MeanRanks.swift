import Requirements

/// Mean ranks of several methods over blocks (seeds or folds), and Friedman's test that all are alike.
///
/// In each block the best method has rank 1, and equal ones share the mean of their places. With n blocks, k methods
/// and rank sums R_j, `χ² = (12 Σ R_j² / (n k (k+1)) − 3 n (k+1)) / (1 − Σ (t³ − t) / (n (k³ − k)))`, t the sizes of
/// the ties, has about k − 1 degrees of freedom; with few blocks that is rough.
///
/// Source: Friedman 1937; Demšar, "Statistical Comparisons of Classifiers over Multiple Data Sets", JMLR 7, 2006.
public struct MeanRanks: Sendable, Equatable, Codable {
  /// Mean rank of each method, `[k]`, 1 the best; `nil` without a block.
  public let ranks: [Double?]
  /// Blocks in which every method has a value, n.
  public let blocks: Int
  /// χ²; `nil` with fewer than two blocks or three methods, or where all values are equal.
  public let statistic: Double?
  /// Its p-value.
  public let pValue: Double?

  enum CodingKeys: String, CodingKey {
    case ranks, blocks, statistic
    case pValue = "p"
  }

  /// The ranks of values.
  ///
  /// - Parameters:
  ///   - values: A row for each block, `[n][k]`; a block in which a value is `nil` is left out.
  ///   - methods: k.
  ///   - higherIsBetter: Whether the largest value has rank 1.
  /// - Precondition: every block has `k` values.
  public init(_ values: [[Double?]], methods: Int, higherIsBetter: Bool = true) {
    require(
      values.allSatisfy { $0.count == methods },
      "MeanRanks: expected \(methods) values a block, got \(values.map(\.count))")
    let whole = values.map { $0.compactMap(\.self) }.filter { $0.count == methods }
    var (sums, ties) = ([Double](repeating: 0, count: methods), 0.0)
    for block in whole {
      let (ranks, tied) = Self.ranked(higherIsBetter ? block.map { -$0 } : block)
      for method in sums.indices { sums[method] += ranks[method] }
      ties += tied
    }
    blocks = whole.count
    let (n, k) = (Double(whole.count), Double(methods))
    ranks = sums.map { whole.isEmpty ? nil : $0 / n }
    let correction = 1 - ties / (n * (k * k * k - k))
    guard whole.count >= 2, methods >= 3, correction > 0 else {
      (statistic, pValue) = (nil, nil)
      return
    }
    let squares = sums.reduce(0) { $0 + $1 * $1 }
    let found = max(0, (12 * squares / (n * k * (k + 1)) - 3 * n * (k + 1)) / correction)
    (statistic, pValue) = (found, chiSquareTail(found, freedom: methods - 1))
  }

  /// Ranks from the smallest up, and Σ (t³ − t) over runs of equal values.
  private static func ranked(_ values: [Double]) -> (ranks: [Double], ties: Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var (ranks, ties, start) = (values, 0.0, 0)
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let size = Double(end - start)
      for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
      ties += size * size * size - size
      start = end
    }
    return (ranks, ties)
  }
}
