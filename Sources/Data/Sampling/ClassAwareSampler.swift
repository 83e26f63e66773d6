import Randomness
import Requirements

/// So many examples of each class in turn: `each` of one class, `each` of the next, the classes in an order that is
/// shuffled each round.
///
/// A batch of k · C rows then holds nearly k of each class, where drawing classes by chance may miss some. The
/// examples of a class come in a shuffled order of their own, none a second time before each came once.
///
/// Source: Shen, Lin, Huang, "Relay Backpropagation for Effective Learning of Deep Convolutional Neural Networks",
/// ECCV 2016 (one of each class in turn); Liu, Miao, Zhan, Wang, Gong, Yu, "Large-Scale Long-Tailed Recognition in an
/// Open World", CVPR 2019 (four).
public struct ClassAwareSampler: Sampler, Equatable {
  /// Examples of a class in a row, at least 1.
  public let each: Int

  /// - Parameter each: examples of a class in a row, at least 1.
  /// - Precondition: `each` is at least 1.
  public init(each: Int = 1) {
    require(each >= 1, "ClassAwareSampler: expected at least 1 example a class, got \(each)")
    self.each = each
  }

  /// Indices `[N]`, round after round.
  ///
  /// - Precondition: `labels` have exactly the counts of `classes`.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    let members = Members(labels, classes).ofClass
    var waiting = [[Int]](repeating: [], count: classes.count)
    var order: [Int] = []
    while order.count < labels.count {
      for label in generator.shuffle(classes.count) {
        for _ in 0..<each {
          if waiting[label].isEmpty {
            waiting[label] = generator.shuffle(members[label].count).map { members[label][$0] }
          }
          order.append(waiting[label].removeLast())
        }
      }
    }
    return Array(order.prefix(labels.count))
  }

  /// P(c) = 1 / C, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    classes.counts.map { _ in 1 / Double(classes.count) }
  }
}
