import Randomness

/// A sampler that draws `N` times with replacement from its `distribution`; only that differs.
public protocol ClassWeightedSampler: Sampler {}

extension ClassWeightedSampler {
  /// `[N]` independent draws: a class from `distribution`, then any of its examples.
  ///
  /// - Precondition: `labels` have exactly the counts of `classes`.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    let draw = ClassDraw(
      labels: labels, classes: classes,
      distribution: distribution(for: classes, progress: progress))
    return labels.map { _ in draw(&generator) }
  }
}
