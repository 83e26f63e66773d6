import Requirements

/// Mean ranks of several methods over blocks (seeds or folds), and Friedman's test that all are alike.
///
/// In each block the best method has rank 1, and equal ones share the mean of their places. With n blocks, k methods
/// and rank sums R_j, `χ² = (12 Σ R_j² / (n k (k+1)) − 3 n (k+1)) / (1 − Σ (t³ − t) / (n (k³ − k)))`, t the sizes of
/// the ties, has about k − 1 degrees of freedom; with few blocks that is rough. A method without a single value takes no
/// part: it has no rank, is not counted in k, and takes no block from the others.
///
/// Source: Friedman 1937; Demšar, "Statistical Comparisons of Classifiers over Multiple Data Sets", JMLR 7, 2006.
public struct MeanRanks: Sendable, Equatable, Codable {
  /// Mean rank of each method that was asked for, `[methods]`, 1 the best; `nil` without a block, and of a method without a value.
  public let ranks: [Double?]
  /// Blocks in which every method that takes part has a value, n.
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
  ///   - values: `[blocks][methods]`, a value or `nil` for each method; a block in which a method that has a value
  ///     elsewhere has none is left out.
  ///   - methods: Number of methods.
  ///   - higherIsBetter: Whether the largest value has rank 1.
  /// - Precondition: every block has as many values as there are methods.
  public init(_ values: [[Double?]], methods: Int, higherIsBetter: Bool = true) {
    require(
      values.allSatisfy { $0.count == methods },
      "MeanRanks: expected \(methods) values a block, got \(values.map(\.count))")
    let present = (0..<methods).filter { method in values.contains { $0[method] != nil } }
    let whole = values.map { block in present.compactMap { block[$0] } }
      .filter { $0.count == present.count && !present.isEmpty }
    var (sums, ties) = ([Double](repeating: 0, count: present.count), 0.0)
    for block in whole {
      let (ranks, tied) = Self.ranked(higherIsBetter ? block.map { -$0 } : block)
      for method in sums.indices { sums[method] += ranks[method] }
      ties += tied
    }
    blocks = whole.count
    let (n, k) = (Double(whole.count), Double(present.count))
    var found = [Double?](repeating: nil, count: methods)
    for (place, method) in present.enumerated() where !whole.isEmpty {
      found[method] = sums[place] / n
    }
    ranks = found
    let correction = 1 - ties / (n * (k * k * k - k))
    guard whole.count >= 2, present.count >= 3, correction > 0 else {
      (statistic, pValue) = (nil, nil)
      return
    }
    let squares = sums.reduce(0) { $0 + $1 * $1 }
    let chi = max(0, (12 * squares / (n * k * (k + 1)) - 3 * n * (k + 1)) / correction)
    (statistic, pValue) = (chi, chiSquareTail(chi, freedom: present.count - 1))
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
