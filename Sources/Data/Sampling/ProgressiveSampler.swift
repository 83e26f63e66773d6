/// From the priors to balance as the stage goes on, with replacement:
/// P(c) = (1 − t) n_c / N + t / C, where t is `progress`.
///
/// Source: Kang et al., "Decoupling Representation and Classifier", ICLR 2020, eq. 2.
public struct ProgressiveSampler: ClassWeightedSampler, Equatable {
  /// Makes the sampler.
  public init() {}

  /// P(c) = (1 − t) n_c / N + t / C, `[C]`; t is `progress` kept within `0...1`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    let t = min(max(progress, 0), 1)
    return classes.priors.map { (1 - t) * $0 + t / Double(classes.count) }
  }
}
