/// Every class equally often, with replacement: P(c) = 1 / C.
public struct ClassBalancedSampler: ClassWeightedSampler, Equatable {
  /// Makes the sampler.
  public init() {}

  /// P(c) = 1 / C, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    PowerSampler(q: 1).distribution(for: classes, progress: progress)
  }
}
