import Foundation
import Randomness
import Requirements

/// So many examples of each bucket in every round: of Σ_b k_b rows in a row, exactly k_b are of bucket b.
///
/// Buckets are any parts of the training set: classes put together, hard negatives of a class beside its easy ones, bins of
/// how difficult an example is. A batch of a multiple of Σ_b k_b rows has its recipe exactly. The examples of a bucket come
/// in a shuffled order of their own, none a second time before each came once; the rows of a round are shuffled.
///
/// It is for those who write a method: what is difficult, or a hard negative, the command has no option to say; buckets of
/// whole classes are its `--buckets` (``ClassBucketSampler``).
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
      buckets.count == labels.count && labels.count == classes.total
        && buckets.allSatisfy { (-1..<each.count).contains($0) },
      "BucketSampler: expected one of \(each.count) buckets for each of \(classes.total) examples, got "
        + "\(buckets.count) of \(labels.count) labels")
    var sizes = [Int](repeating: 0, count: each.count)
    for bucket in buckets where bucket >= 0 { sizes[bucket] += 1 }
    let round = each.reduce(0, +)
    require(
      each.allSatisfy { $0 >= 0 } && round > 0 && zip(each, sizes).allSatisfy { $0 == 0 || $1 > 0 },
      "BucketSampler: expected rows of buckets that have some, got \(each) of \(sizes)")
    var shares = [Double](repeating: 0, count: classes.count)
    for (bucket, label) in zip(buckets, labels) where bucket >= 0 {
      shares[label] += Double(each[bucket]) / Double(sizes[bucket] * round)
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
    let known = difficulty.compactMap(\.self)
    guard bins >= 1, let low = known.min(), let high = known.max(), (high - low).isFinite else {
      requirementFailed(
        "BucketSampler.ofDifficulty: expected finite difficulties and a bin at least, got "
          + "\(known.count) and \(bins)")
    }
    let edges = (1..<bins).map { bin in
      low + (high - low) * log(1 + 5 * Double(bin) / Double(bins)) / log(6)
    }
    let buckets = difficulty.map { value in
      value.map { value in edges.count { $0 <= value && low < high } } ?? -1
    }
    let filled = Set(buckets)
    return BucketSampler(
      buckets, each: (0..<bins).map { filled.contains($0) ? 1 : 0 }, labels: labels,
      classes: classes)
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
    var members = [[Int]](repeating: [], count: each.count)
    for (index, bucket) in buckets.enumerated() where bucket >= 0 { members[bucket].append(index) }
    var waiting = [[Int]](repeating: [], count: each.count)
    var order: [Int] = []
    while order.count < labels.count {
      var round: [Int] = []
      for bucket in each.indices {
        for _ in 0..<each[bucket] {
          if waiting[bucket].isEmpty {
            waiting[bucket] = generator.shuffle(members[bucket].count).map { members[bucket][$0] }
          }
          round.append(waiting[bucket].removeLast())
        }
      }
      order += generator.shuffle(round.count).map { round[$0] }
    }
    return Array(order.prefix(labels.count))
  }

  /// P(c) = Σ_b k_b n_bc / (n_b Σ k), `[C]`; 0 of a class none of whose examples is drawn.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] { shares }
}
