import Requirements
public import Torch

/// Pairs of rows of unlike classes, each of which is the nearest of the other: where classes touch, or a label is wrong.
///
/// Source: Tomek, "Two Modifications of CNN", IEEE Transactions on Systems, Man, and Cybernetics 1976.
public struct TomekLinks: Sendable, Equatable {
  /// Which rows of a link are taken out.
  public enum Removal: String, Sendable, Codable {
    /// Both.
    case both
    /// Those of any class but the rarest: under-sampling.
    case notRarest
  }

  /// Whether each row is one of a link, `[N]`.
  public let isLinked: [Bool]
  private let labels: [Int]

  /// Finds the links.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - labels: class of each row, `[N]`.
  /// - Precondition: a label a row.
  public init(_ features: Tensor, _ labels: [Int]) {
    require(
      features.rank == 2 && features.shape[0] == labels.count,
      "TomekLinks: expected a label for each of \(features.shape) rows, got \(labels.count)")
    self.labels = labels
    var linked = [Bool](repeating: false, count: labels.count)
    let rows = LinkCandidates.rows(features, labels)
    let nearest = NearestRows.find(features, count: 1, of: rows).map { $0[0] }
    let other = Dictionary(uniqueKeysWithValues: zip(rows, nearest))
    for (row, near) in zip(rows, nearest) {
      linked[row] = labels[near] != labels[row] && other[near] == row
    }
    isLinked = linked
  }

  /// The rows that stay, `[M]` of the N, ascending. Of classes of equal size the first in the list
  /// counts as the rarest.
  ///
  /// - Parameter removal: which rows of a link are taken out.
  public func kept(_ removal: Removal) -> [Int] {
    var counts: [Int: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    let rarest = counts.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    return labels.indices.filter { row in
      !isLinked[row] || removal == .notRarest && labels[row] == rarest
    }
  }
}
