import Requirements

/// The rows that are chosen from: features, and what is known of each besides.
public struct CurationRows: Sendable, Equatable {
  /// Names and features.
  public let table: FeatureTable
  /// The group that each is clustered within, `[N]`: a slide, say.
  public let groups: [String]
  /// The patient of each, `[N]`; nil where it is not known: such a row counts for itself.
  public let patients: [String?]
  /// The class of each, `[N]`; nil where it is not known.
  public let labels: [String?]

  /// Rows of their parts.
  ///
  /// - Parameters:
  ///   - table: names and features.
  ///   - groups: `[N]`; nil takes all rows as one group, `all`.
  ///   - patients: `[N]`.
  ///   - labels: `[N]`.
  /// - Precondition: lists have N entries.
  public init(
    _ table: FeatureTable, groups: [String]? = nil, patients: [String?]? = nil,
    labels: [String?]? = nil
  ) {
    let n = table.count
    require(
      (groups?.count ?? n) == n && (patients?.count ?? n) == n && (labels?.count ?? n) == n,
      "CurationRows: expected \(n) groups, patients and labels, got \(groups?.count ?? n),"
        + " \(patients?.count ?? n) and \(labels?.count ?? n)")
    self.table = table
    self.groups = groups ?? [String](repeating: "all", count: n)
    self.patients = patients ?? [String?](repeating: nil, count: n)
    self.labels = labels ?? [String?](repeating: nil, count: n)
  }
}
