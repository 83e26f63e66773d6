import Requirements

/// Joint cells of a range and a cluster, numbered: those in which some row lies.
///
/// A cell is of one range, so that what holds for cells (a part of each in every fold, a quota) speaks of both: how large the
/// number is, and what kind of row it is.
public struct JointCells: Sendable, Equatable {
  /// Cell of each row, `[N]`, in `0..<count`; cells are numbered by range, then by cluster.
  public let ofRow: [Int]
  /// Range of each cell, `[C]`, ascending.
  public let range: [Int]
  /// Cluster of each cell, `[C]`.
  public let cluster: [Int]
  /// Rows of each cell, `[C]`, at least 1.
  public let sizes: [Int]

  /// - Parameters:
  ///   - ranges: range of each row, `[N]`, at least 0.
  ///   - clusters: cluster of each row, `[N]`, at least 0.
  /// - Precondition: both are in range, and as many.
  public init(ranges: [Int], clusters: [Int]) {
    require(
      ranges.count == clusters.count && (ranges + clusters).allSatisfy { $0 >= 0 },
      "JointCells: expected a cluster for each of \(ranges.count) rows, got \(clusters.count)")
    let width = (clusters.max() ?? 0) + 1
    let keys = zip(ranges, clusters).map { $0 * width + $1 }
    let filled = Set(keys).sorted()
    let number = Dictionary(uniqueKeysWithValues: filled.enumerated().map { ($1, $0) })
    ofRow = keys.map { number[$0] ?? 0 }
    range = filled.map { $0 / width }
    cluster = filled.map { $0 % width }
    sizes = ofRow.reduce(into: [Int](repeating: 0, count: filled.count)) { $0[$1] += 1 }
  }

  /// How many cells there are, C.
  public var count: Int { sizes.count }
}
