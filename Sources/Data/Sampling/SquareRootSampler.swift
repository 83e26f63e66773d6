/// Half-way to balance, with replacement: P(c) ∝ √n_c.
public struct SquareRootSampler: ClassWeightedSampler, Equatable {
  /// Makes the sampler.
  public init() {}

  /// P(c) = √n_c / Σ_k √n_k, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    PowerSampler(q: 0.5).distribution(for: classes, progress: progress)
  }
}
