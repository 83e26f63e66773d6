import Randomness
import Requirements

/// The examples of one class alone, each as often as the others, shuffled anew until the epoch is full.
public struct OneClassSampler: Sampler, Equatable {
  /// The class.
  public let label: Int

  /// - Parameter label: the class, at least 0.
  /// - Precondition: `label` is at least 0.
  public init(_ label: Int) {
    require(label >= 0, "OneClassSampler: expected a class of at least 0, got \(label)")
    self.label = label
  }

  /// Indices `[N]` of examples of the class, none a second time before each was drawn once.
  ///
  /// - Precondition: the class has an example.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    let members = labels.indices.filter { labels[$0] == label }
    require(
      !members.isEmpty, "OneClassSampler: expected an example of class \(label), got none")
    var order: [Int] = []
    while order.count < labels.count {
      order += generator.shuffle(members.count).map { members[$0] }
    }
    return Array(order.prefix(labels.count))
  }

  /// All on the class, `[C]`.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    (0..<classes.count).map { $0 == label ? 1 : 0 }
  }
}
