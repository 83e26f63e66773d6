/// Bins of equal size along an order: sizes differ by 1 at most, larger ones first, none empty.
public struct DistanceBins: Sendable, Equatable {
  /// Where each begins, and where the last one ends, `[bins + 1]`.
  public let bounds: [Int]

  /// Bins of a cluster, from its centre outwards.
  ///
  /// - Parameters:
  ///   - rows: n, at least 0.
  ///   - count: how many bins; as many as rows where those are fewer.
  public init(rows: Int, count: Int) {
    let bins = max(1, min(count, rows))
    bounds = (0...bins).map { $0 * (rows / bins) + min($0, rows % bins) }
  }

  /// Number of bins.
  public var count: Int { bounds.count - 1 }

  /// The places of a bin.
  public subscript(bin: Int) -> Range<Int> { bounds[bin]..<bounds[bin + 1] }
}
