import Requirements

/// So many rows of each bucket of classes in every round: ``BucketSampler`` with classes put together.
///
/// P(c) = k_b n_c / (n_b Σ k) of a class c in bucket b, where n_b is the size of all its classes: inside a bucket rows are
/// drawn as they come, so that its classes keep their proportions. One bucket of all classes draws in the shares of the
/// data, and a bucket for each class with k = 1 every class alike.
public struct ClassBucketSampler: Sampler, Equatable {
  /// Bucket of each class, `[C]`.
  public let buckets: [Int]
  /// k, rows of each bucket in a round, `[B]`.
  public let each: [Int]

  /// - Parameters:
  ///   - buckets: bucket of each class, `[C]`, in `0..<B`; each bucket has a class.
  ///   - each: k, rows of each bucket in a round, `[B]`, at least 1.
  /// - Precondition: all are in range.
  public init(_ buckets: [Int], each: [Int]) {
    require(
      Set(buckets) == Set(each.indices) && each.allSatisfy { $0 >= 1 },
      "ClassBucketSampler: expected buckets with a class and a row at least, got \(buckets) and \(each)"
    )
    (self.buckets, self.each) = (buckets, each)
  }

  /// Indices `[N]`, round after round.
  ///
  /// - Precondition: a bucket for each class.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    check(classes)
    return BucketSampler(
      labels.map { buckets[$0] }, each: each, labels: labels, classes: classes
    ).indices(for: labels, classes: classes, progress: progress, using: &generator)
  }

  /// k_b n_c / (n_b Σ k), `[C]`.
  ///
  /// - Precondition: a bucket for each class.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    check(classes)
    var sizes = [Int](repeating: 0, count: each.count)
    for (bucket, count) in zip(buckets, classes.counts) { sizes[bucket] += count }
    let round = each.reduce(0, +)
    return zip(buckets, classes.counts).map { bucket, count in
      Double(each[bucket] * count) / Double(sizes[bucket] * round)
    }
  }

  private func check(_ classes: ClassCounts) {
    require(
      buckets.count == classes.count,
      "ClassBucketSampler: expected a bucket for each of \(classes.count) classes, got \(buckets.count)"
    )
  }
}
