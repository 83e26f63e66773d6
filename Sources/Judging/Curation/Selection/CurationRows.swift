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
  /// The part of the data that each is in, `[N]`: train, val or test; nil where the data have none. It changes no choice.
  public let splits: [String?]

  /// Rows of their parts.
  ///
  /// - Parameters:
  ///   - table: names and features.
  ///   - groups: `[N]`; nil takes all rows as one group, `all`.
  ///   - patients: `[N]`.
  ///   - labels: `[N]`.
  ///   - splits: `[N]`.
  /// - Precondition: lists have N entries.
  public init(
    _ table: FeatureTable, groups: [String]? = nil, patients: [String?]? = nil,
    labels: [String?]? = nil, splits: [String?]? = nil
  ) {
    let n = table.count
    require(
      (groups?.count ?? n) == n && (patients?.count ?? n) == n && (labels?.count ?? n) == n
        && (splits?.count ?? n) == n,
      "CurationRows: expected \(n) groups, patients, labels and splits, got \(groups?.count ?? n),"
        + " \(patients?.count ?? n), \(labels?.count ?? n) and \(splits?.count ?? n)")
    self.table = table
    self.groups = groups ?? [String](repeating: "all", count: n)
    self.patients = patients ?? [String?](repeating: nil, count: n)
    self.labels = labels ?? [String?](repeating: nil, count: n)
    self.splits = splits ?? [String?](repeating: nil, count: n)
  }
}
