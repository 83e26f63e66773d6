import Randomness
import Requirements

/// So many rows of each bucket in every round, where an example may have several labels: ``BucketSampler`` with buckets of
/// labels, of examples without any label, and of hard normals among these.
///
/// A batch of a multiple of Σ_b k_b rows has its recipe exactly. Every example stands in one bucket at most:
///
/// - one that has labels in the bucket of the rarest of them, n_l the smallest (of equals the first), so that what is rare is
///   not met in the buckets of others as well;
/// - one that is known to lack a label and has none, as far as is known, among the hard normals where it is listed, else in the
///   bucket of those without labels;
/// - one of which nothing is known in no bucket: it is never drawn.
///
/// Hard normals, or matched negatives, are examples without labels that share something with those that have one: a hand, a
/// ruler, a device. Drawn as often as what they resemble, they leave nothing to be learned from it.
///
/// Source: the multi-bucket sampling of the MagicMirror project (normal images and four kinds of artefact as 4 : 1 : 1 : 1 : 1,
/// clean hands more often than they come), in general.
public struct LabelBucketSampler: LabelSampler, Equatable {
  /// Bucket of each label, `[L]`.
  public let ofLabel: [Int]
  /// Bucket of the examples without any label; `nil` draws none of them.
  public let none: Int?
  /// Bucket of the hard normals; `nil` counts them among those without any label.
  public let hard: Int?
  /// The examples that are hard normals where they have no label.
  public let hardRows: Set<Int>
  /// k, rows of each bucket in a round, `[B]`.
  public let each: [Int]

  /// - Parameters:
  ///   - ofLabel: bucket of each label, `[L]`, in `0..<B`.
  ///   - none: bucket of the examples without any label.
  ///   - hard: bucket of the hard normals.
  ///   - hardRows: which examples are hard normals.
  ///   - each: k, rows of each bucket in a round, `[B]`, at least 1.
  /// - Precondition: all are in range, and every bucket has a label or is one of these two.
  public init(
    _ ofLabel: [Int], none: Int? = nil, hard: Int? = nil, hardRows: Set<Int> = [], each: [Int]
  ) {
    let named = Set(ofLabel + [none, hard].compactMap(\.self))
    require(
      !ofLabel.isEmpty && named == Set(each.indices) && each.allSatisfy { $0 >= 1 },
      "LabelBucketSampler: expected buckets with something in them and a row at least, got "
        + "\(named.sorted()) and \(each)")
    (self.ofLabel, self.none, self.hard) = (ofLabel, none, hard)
    (self.hardRows, self.each) = (hardRows, each)
  }

  /// Bucket of each example, `[N]`; −1 of one that is never drawn.
  ///
  /// - Parameter table: the labels of every training example.
  /// - Precondition: a bucket for each label.
  public func places(in table: LabelTable) -> [Int] {
    require(
      table.width == ofLabel.count,
      "LabelBucketSampler: expected a bucket for each of \(table.width) labels, got \(ofLabel.count)"
    )
    return (0..<table.count).map { row in
      let rarest = (0..<table.width).filter { table[row, $0] == true }
        .min { table.present[$0] < table.present[$1] }
      if let rarest { return ofLabel[rarest] }
      guard table[row].contains(false) else { return -1 }
      if let hard, hardRows.contains(row) { return hard }
      return none ?? -1
    }
  }

  private func rounds(of table: LabelTable) -> BucketRounds {
    BucketRounds(places(in: table), each: each, caller: "LabelBucketSampler")
  }

  /// Rows `[N]`, round after round.
  ///
  /// - Precondition: a bucket for each label, and an example in each bucket.
  public func indices(
    of table: LabelTable, progress: Double, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    rounds(of: table).rows(table.count, using: &generator)
  }

  /// k_b / (n_b Σ k) of each example of bucket b, 0 of one in none, `[N]`.
  ///
  /// - Precondition: as of `indices`.
  public func probabilities(of table: LabelTable, progress: Double) -> [Double] {
    let ofBucket = rounds(of: table).probabilities
    return places(in: table).map { $0 < 0 ? 0 : ofBucket[$0] }
  }
}

/// Of classes, one label an example: ``ClassBucketSampler``.
extension LabelBucketSampler {
  /// Indices `[N]`, round after round.
  ///
  /// - Precondition: a bucket for each class, and each bucket has one.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    ClassBucketSampler(ofLabel, each: each)
      .indices(for: labels, classes: classes, progress: progress, using: &generator)
  }

  /// k_b n_c / (n_b Σ k), `[C]`.
  ///
  /// - Precondition: a bucket for each class, and each bucket has one.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    ClassBucketSampler(ofLabel, each: each).distribution(for: classes, progress: progress)
  }
}
