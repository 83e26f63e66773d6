import Requirements

/// How many training examples a class had: the usual grouping of long-tailed results.
public enum Shot: String, Sendable, Codable, CaseIterable {
  /// More training examples than the upper threshold.
  case many
  /// Between the thresholds, both included.
  case medium
  /// Fewer training examples than the lower threshold.
  case few
}

/// Classes grouped by their number of training examples.
public struct ShotGroups: Sendable, Equatable, Codable {
  /// A class with more training examples than this is `many`.
  public let manyAbove: Int
  /// A class with fewer training examples than this is `few`.
  public let fewBelow: Int
  /// Training examples of each class, `[C]`.
  public let trainingCounts: [Int]

  enum CodingKeys: String, CodingKey {
    case manyAbove = "many_above"
    case fewBelow = "few_below"
    case trainingCounts = "training_counts"
  }

  /// Groups by fixed thresholds: many > 100, medium 20–100, few < 20, unless told otherwise.
  ///
  /// Source: Liu et al., "Large-scale long-tailed recognition in an open world", CVPR 2019.
  ///
  /// - Parameters:
  ///   - trainingCounts: Training examples of each class, `[C]`.
  ///   - manyAbove: Largest count that is still `medium`.
  ///   - fewBelow: Smallest count that is `medium`.
  /// - Precondition: `fewBelow` is at most `manyAbove + 1`.
  public init(trainingCounts: [Int], manyAbove: Int = 100, fewBelow: Int = 20) {
    require(
      fewBelow <= manyAbove + 1,
      "ShotGroups: expected fewBelow of at most \(manyAbove + 1), got \(fewBelow)")
    self.trainingCounts = trainingCounts
    self.manyAbove = manyAbove
    self.fewBelow = fewBelow
  }

  /// The group of a class.
  ///
  /// - Parameter index: The class, `0..<C`.
  /// - Precondition: `index` lies in `0..<C`.
  public subscript(index: Int) -> Shot {
    require(
      trainingCounts.indices.contains(index),
      "ShotGroups: expected a class in 0..<\(trainingCounts.count), got \(index)")
    let count = trainingCounts[index]
    return count > manyAbove ? .many : count < fewBelow ? .few : .medium
  }

  /// Indices of the classes in a group, `[M]` of the C, ascending.
  public func classes(in shot: Shot) -> [Int] { trainingCounts.indices.filter { self[$0] == shot } }
}
