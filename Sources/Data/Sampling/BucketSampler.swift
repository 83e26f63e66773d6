import Randomness
import Requirements

/// So many examples of each bucket in every round: of Σ_b k_b rows in a row, exactly k_b are of bucket b.
///
/// Buckets are any parts of the training set: classes put together, hard negatives of a class beside its easy ones, bins of
/// how difficult an example is. A batch of a multiple of Σ_b k_b rows has its recipe exactly. The examples of a bucket come
/// in a shuffled order of their own, none a second time before each came once; the rows of a round are shuffled.
///
/// It is for those who write a method; the command's `--buckets` are of whole classes (``ClassBucketSampler``) or of labels
/// (``LabelBucketSampler``).
public struct BucketSampler: Sampler, Equatable {
  /// Bucket of each training example, `[N]`; −1 is never drawn.
  public let buckets: [Int]
  /// k, rows of each bucket in a round, `[B]`; 0 leaves a bucket out.
  public let each: [Int]
  private let shares: [Double]

  /// - Parameters:
  ///   - buckets: bucket of each training example, `[N]`, below B; −1 is never drawn.
  ///   - each: k, rows of each bucket in a round, `[B]`, at least 0.
  ///   - labels: class of every training example, `[N]`.
  ///   - classes: counts of these labels.
  /// - Precondition: all are in range; some bucket is drawn, and none that is drawn is empty.
  public init(_ buckets: [Int], each: [Int], labels: [Int], classes: ClassCounts) {
    require(
      buckets.count == labels.count && labels.count == classes.total,
      "BucketSampler: expected a bucket for each of \(classes.total) examples, got "
        + "\(buckets.count) of \(labels.count) labels")
    let rounds = BucketRounds(buckets, each: each, caller: "BucketSampler")
    let probabilities = rounds.probabilities
    var shares = [Double](repeating: 0, count: classes.count)
    for (bucket, label) in zip(buckets, labels) where bucket >= 0 {
      shares[label] += probabilities[bucket]
    }
    (self.buckets, self.each, self.shares) = (buckets, each, shares)
  }

  /// Bins of difficulty, each drawn equally often.
  ///
  /// The edges of B bins between the least and the greatest difficulty are min + (max − min) ln(1 + 5 b / B) / ln 6,
  /// so that bins are narrower where it is hard. Bins without an example are left out.
  ///
  /// Source: the balanced sampling of the HACO project (dense hand contact), in general. Departs from it: no example of a
  /// bin comes a second time before each came once, where the authors draw with replacement.
  ///
  /// - Parameters:
  ///   - difficulty: of each training example, `[N]`; `nil` is never drawn.
  ///   - bins: B, at least 1.
  ///   - labels: class of every training example, `[N]`.
  ///   - classes: counts of these labels.
  /// - Precondition: as many as labels, finite, one at least known.
  public static func ofDifficulty(
    _ difficulty: [Double?], bins: Int = 5, labels: [Int], classes: ClassCounts
  ) -> BucketSampler {
    let buckets = DifficultyBins.places(difficulty, bins: bins)
    return BucketSampler(
      buckets, each: DifficultyBins.each(buckets, bins: bins), labels: labels, classes: classes)
  }

  /// Indices `[N]`, round after round.
  ///
  /// - Precondition: as many labels as there are buckets of examples.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    require(
      labels.count == buckets.count,
      "BucketSampler: expected the labels of \(buckets.count) examples, got \(labels.count)")
    return BucketRounds(buckets, each: each, caller: "BucketSampler")
      .rows(labels.count, using: &generator)
  }

  /// P(c) = Σ_b k_b n_bc / (n_b Σ k), `[C]`; 0 of a class none of whose examples is drawn.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] { shares }
}
