import Randomness

/// Every class as often as the commonest, its examples repeated: random over-sampling.
///
/// Each class is copied until it has n_max examples: whole copies, and for what is missing examples drawn without
/// replacement. An epoch is N of these C · n_max rows, shuffled, so that no example of the commonest class comes
/// twice; ``ClassBalancedSampler`` draws the same classes with replacement.
///
/// Source: Buda, Maki, Mazurowski, "A systematic study of the class imbalance problem in convolutional neural
/// networks", Neural Networks 2018. Departs from the paper: its epoch is all C · n_max rows.
public struct OverSampler: Sampler, Equatable {
  /// Makes the sampler.
  public init() {}

  /// `[N]` of the repeated rows.
  ///
  /// - Precondition: `labels` have exactly the counts of `classes`.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(classes.count * classes.commonest)
    for members in Members(labels, classes).ofClass {
      let (copies, rest) = classes.commonest.quotientAndRemainder(dividingBy: members.count)
      for _ in 0..<copies { rows += members }
      if rest > 0 { rows += generator.shuffle(members.count).prefix(rest).map { members[$0] } }
    }
    return generator.shuffle(rows.count).prefix(labels.count).map { rows[$0] }
  }

  /// P(c) = 1 / C, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    classes.counts.map { _ in 1 / Double(classes.count) }
  }
}
