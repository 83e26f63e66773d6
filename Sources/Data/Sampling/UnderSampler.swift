public import Randomness

/// Every class as seldom as the rarest, the other examples left out: random under-sampling.
///
/// n_min examples of each class, drawn without replacement. An epoch goes through these C · n_min rows, shuffled each
/// time, until it has N. They are the same rows in every epoch of a run, as if the others were not there, and other rows
/// under another ``key``; where ``renews``, each pass draws them anew, so that in the long run all are seen.
///
/// Source: Buda, Maki, Mazurowski, "A systematic study of the class imbalance problem in convolutional neural
/// networks", Neural Networks 2018. Departs from the paper: an epoch has N rows.
public struct UnderSampler: Sampler, Equatable {
  /// Whether each pass draws its examples anew.
  public let renews: Bool
  /// What the rows that are kept are drawn from.
  public private(set) var key = RandomKey(seed: 0)

  /// - Parameter renews: whether each pass draws its examples anew.
  public init(renews: Bool = false) { self.renews = renews }

  /// The same with the rows of a run.
  public func keyed(by key: RandomKey) -> any Sampler {
    var sampler = self
    sampler.key = key
    return sampler
  }

  /// Indices `[N]`: pass after pass over as many of each class as the rarest has.
  ///
  /// - Precondition: `labels` have exactly the counts of `classes`.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    let members = Members(labels, classes).ofClass
    var fixed = key.folding("under-sampling").source
    let kept = chosen(members, classes.rarest, using: &fixed)
    var order: [Int] = []
    while order.count < labels.count {
      let pass = renews ? chosen(members, classes.rarest, using: &generator) : kept
      order += generator.shuffle(pass.count).map { pass[$0] }
    }
    return Array(order.prefix(labels.count))
  }

  /// P(c) = 1 / C, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    classes.counts.map { _ in 1 / Double(classes.count) }
  }

  /// `count` of each class, in the order of the classes.
  private func chosen(
    _ members: [[Int]], _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    members.flatMap { own in generator.shuffle(own.count).prefix(count).map { own[$0] } }
  }
}
