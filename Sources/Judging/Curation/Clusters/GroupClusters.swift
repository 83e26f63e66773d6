public import Audit
public import Randomness
import Requirements

/// Clusters of every group by itself (of a slide, of a patient), so that a large group does not swallow the kinds of a small one.
public struct GroupClusters: Sendable, Equatable {
  /// A cluster.
  public struct Cluster: Sendable, Equatable {
    /// The group that it is of.
    public let group: String
    /// Its number within the group, from 1.
    public let number: Int
    /// Its rows, `[M]`, by distance to the centre, the nearest first.
    public let rows: [Int]
    /// Its centre, `[D]`.
    public let centre: [Float]

    /// `group/number`, different for each.
    public var name: String { "\(group)/\(number)" }
  }

  /// A group that was left out.
  public struct Leftover: Sendable, Equatable, Codable {
    /// Its name.
    public let name: String
    /// Its rows.
    public let rows: Int

    /// A group that was left out.
    public init(name: String, rows: Int) { (self.name, self.rows) = (name, rows) }
  }

  /// All clusters, group by group.
  public let clusters: [Cluster]
  /// Place of each row's cluster in ``clusters``, `[N]`; nil of a row whose group was left out.
  public let places: [Int?]
  /// Distance of each row to its centre, `[N]`; nil of a row whose group was left out.
  public let distances: [Double?]
  /// Groups with fewer rows than were asked for, by name.
  public let leftOut: [Leftover]

  /// - Parameters:
  ///   - points: point by point, `[N, D]` flat.
  ///   - width: D.
  ///   - groups: the group of each point, `[N]`.
  ///   - count: into how many clusters a group is divided.
  ///   - least: rows of a group that is divided at all, at least 1; smaller ones are left out.
  ///   - key: of the draws; those of a group depend on its name, not on the others.
  ///   - products: who multiplies.
  /// - Throws: ``CurationError/noLargeGroup(least:largest:)`` and what ``ClusterCount`` throws.
  /// - Precondition: every point has a group.
  public init(
    _ points: [Float], width: Int, groups: [String], count: ClusterCount, least: Int,
    key: RandomKey, products: some RowProducts
  ) throws(CurationError) {
    require(
      points.count == groups.count * width,
      "GroupClusters: expected \(groups.count) points of \(width) numbers, got \(points.count)")
    let members = Dictionary(grouping: groups.indices) { groups[$0] }
    let names = members.keys.sorted()
    leftOut = names.compactMap { name in
      let rows = members[name]?.count ?? 0
      return rows < least ? Leftover(name: name, rows: rows) : nil
    }
    guard leftOut.count < names.count else {
      throw .noLargeGroup(least: least, largest: leftOut.map(\.rows).max() ?? 0)
    }
    var (places, distances) = (
      [Int?](repeating: nil, count: groups.count), [Double?](repeating: nil, count: groups.count)
    )
    var clusters: [Cluster] = []
    for name in names {
      guard let rows = members[name], rows.count >= least else { continue }
      let found = try KMeans(
        rows.flatMap { points[$0 * width..<($0 + 1) * width] }, width: width,
        count: count.clusters(of: rows.count, group: name),
        key: key.folding("k-means").folding(name), products: products)
      var inside = [[Int]](repeating: [], count: found.count)
      for (place, row) in rows.enumerated() {
        inside[Int(found.clusters[place])].append(row)
        places[row] = clusters.count + Int(found.clusters[place])
        distances[row] = found.distances[place]
      }
      for (number, rows) in inside.enumerated() {
        let order = rows.sorted {
          let (a, b) = (distances[$0] ?? 0, distances[$1] ?? 0)
          return a == b ? $0 < $1 : a < b
        }
        clusters.append(
          Cluster(
            group: name, number: number + 1, rows: order,
            centre: Array(found.centres[number * width..<(number + 1) * width])))
      }
    }
    (self.clusters, self.places, self.distances) = (clusters, places, distances)
  }
}
