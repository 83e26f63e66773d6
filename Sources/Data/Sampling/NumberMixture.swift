import Requirements

/// How numbers are distributed, as a mixture of normal distributions: one for each range in which some lie, with the share, the mean
/// and the variance of those.
///
/// Source of its use: Ren, Zhang, Yu, Liu, "Balanced MSE for Imbalanced Visual Regression", CVPR 2022. Departs from its code, which
/// fits eight components by expectation maximisation: moments of ranges need no start and no iteration, and keep a
/// component for what is rare.
public struct NumberMixture: Sendable, Equatable {
  /// φ, `[K]`, above 0; sums to 1.
  public let shares: [Double]
  /// μ, `[K]`.
  public let means: [Double]
  /// v, `[K]`, at least 0.
  public let variances: [Double]

  /// - Parameters:
  ///   - numbers: of the training set, `[N]`, finite, at least one.
  ///   - components: ranges of equal width, at least 1; empty ones have no component.
  /// - Precondition: both are in range.
  public init(of numbers: [Double], components: Int = 20) {
    let bins = ValueBins(of: numbers, count: components)
    let lows = bins.ranges.map(\.low)
    var members = [[Double]](repeating: [], count: bins.count)
    for number in numbers { members[ValueBins.place(of: number, among: lows)].append(number) }
    means = members.map { own in own.reduce(0) { $0 + $1 / Double(own.count) } }
    variances = zip(members, means).map { own, mean in
      own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(own.count) }
    }
    shares = members.map { Double($0.count) / Double(numbers.count) }
  }

  /// Of grades 0…K − 1: a component each, without a variance.
  ///
  /// - Parameter classes: counts of the training set.
  public init(_ classes: ClassCounts) {
    shares = classes.priors
    means = classes.counts.indices.map(Double.init)
    variances = classes.counts.map { _ in 0 }
  }
}
