import Requirements

/// Classes in given shares, with replacement: P(c) = q_c whatever the data have.
public struct ShareSampler: ClassWeightedSampler, Equatable {
  /// q, `[C]`; above 0, sums to 1.
  public let shares: [Double]

  /// - Parameter shares: proportions of q, `[C]`, above 0 and finite.
  /// - Precondition: they are.
  public init(_ shares: [Double]) {
    require(
      !shares.isEmpty && shares.allSatisfy { $0 > 0 && $0.isFinite },
      "ShareSampler: expected shares above 0, got \(shares)")
    let total = shares.reduce(0, +)
    self.shares = shares.map { $0 / total }
  }

  /// q, `[C]`.
  ///
  /// - Precondition: a share for each class.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    require(
      shares.count == classes.count,
      "ShareSampler: expected a share for each of \(classes.count) classes, got \(shares.count)")
    return shares
  }
}
