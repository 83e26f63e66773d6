import Randomness

/// Every example once an epoch, shuffled: P(c) = n_c / N.
public struct UniformSampler: Sampler, Equatable {
  /// Makes the sampler.
  public init() {}

  /// A permutation of all indices, `[N]`.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    generator.shuffle(labels.count)
  }

  /// The class priors, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    classes.priors
  }
}
