/// A curation in numbers: `curation.json`.
public struct CurationSummary: Codable, Sendable, Equatable {
  /// Rows chosen from.
  public var rows: Int
  /// Rows chosen.
  public var selected: Int
  /// Clusters of all groups.
  public var clusters: Int
  /// Groups that were clustered.
  public var groups: Int
  /// Groups that were too small.
  public var leftOut: [GroupClusters.Leftover]
  /// Rows that are near copies of others and not chosen for that; those of groups that were left out do not count.
  public var nearCopies: Int
  /// Rows passed over since their patient had enough.
  public var passedOver: Int
  /// Features that never change.
  public var constantFeatures: Int
  /// Share of all variance that the components keep.
  public var varianceKept: Double
  /// Rows without a class for which a label is proposed.
  public var proposed: Int
  /// Rows of each known class, and those chosen of it.
  public var classes: [ClassRow]
  /// Seconds that each part took.
  public var seconds: [String: Double]

  /// A class.
  public struct ClassRow: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its rows.
    public var rows: Int
    /// Those chosen.
    public var selected: Int
  }

  private enum CodingKeys: String, CodingKey {
    case rows, selected, clusters, groups, proposed, classes, seconds
    case leftOut = "left_out"
    case nearCopies = "near_copies"
    case passedOver = "passed_over"
    case constantFeatures = "constant_features"
    case varianceKept = "variance_kept"
  }
}

extension Curation {
  /// In numbers.
  public var summary: CurationSummary {
    let known = rows.labels.indices.compactMap { row in rows.labels[row].map { (row, $0) } }
    let classes = Dictionary(grouping: known) { $0.1 }.map { name, members in
      CurationSummary.ClassRow(
        name: name, rows: members.count, selected: members.count { isSelected($0.0) })
    }
    return CurationSummary(
      rows: rows.table.count, selected: selected.count, clusters: clusters.clusters.count,
      groups: Set(rows.groups).count - clusters.leftOut.count, leftOut: clusters.leftOut,
      nearCopies: nearCopies, passedOver: passedOver, constantFeatures: constantFeatures,
      varianceKept: varianceKept,
      proposed: rows.labels.indices.count { proposal(for: $0) != nil },
      classes: classes.sorted { $0.rows == $1.rows ? $0.name < $1.name : $0.rows > $1.rows },
      seconds: Dictionary(timings.map { ($0.part, $0.seconds) }, uniquingKeysWith: +))
  }
}
