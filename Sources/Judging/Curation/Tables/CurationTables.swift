public import Files

/// The tables of a curation.
///
/// | file | a row is | columns |
/// |---|---|---|
/// | `curation.csv` | a row of the data, in their order | `path`, `given`, `split` (where the data have parts), `group`, `patient`, `cluster`, `bin`, `distance`, `selected` (1 or 0), `why`, `proposed` (a label), `accept` and `label` (both empty: for a person) |
/// | `clusters.csv` | a cluster | `cluster`, `rows`, `selected`, `known` (rows with a class), `proposed`, `from` (the cluster that proposes), `accept` and `label` |
extension Curation {
  /// Writes `curation.csv`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeRows(to path: String) throws(FileError) {
    let split = SplitColumn(rows.splits)
    try DelimitedWriter.write(
      columns: ["path", "given"] + split.name + [
        "group", "patient", "cluster", "bin", "distance", "selected", "why", "proposed", "accept",
        "label",
      ],
      rows: rows.table.paths.indices.lazy.map { row in
        [self.rows.table.paths[row], self.rows.labels[row] ?? ""] + split.cell(row) + [
          self.rows.groups[row],
          self.rows.patients[row] ?? "", self.cluster(of: row)?.name ?? "",
          self.bins[row].map(String.init) ?? "",
          self.clusters.distances[row].map { "\($0)" } ?? "", self.isSelected(row) ? "1" : "0",
          self.why(row), self.proposal(for: row)?.label ?? "", "", "",
        ]
      }, to: path)
  }

  /// Writes `clusters.csv`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeClusters(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: [
        "cluster", "rows", "selected", "known", "proposed", "from", "accept", "label",
      ],
      rows: clusters.clusters.enumerated().lazy.map { place, cluster in
        let proposal = self.spread.proposals[place]
        return [
          cluster.name, "\(cluster.rows.count)",
          "\(cluster.rows.count { self.isSelected($0) })",
          "\(cluster.rows.count { self.rows.labels[$0] != nil })", proposal?.label ?? "",
          proposal.map { self.clusters.clusters[$0.source].name } ?? "", "", "",
        ]
      }, to: path)
  }
}

extension InfluenceSample {
  /// Writes `curation.csv` of a part kept by a score: `path`, `given`, `split` (where the data have parts), `score`, `hardness`,
  /// `selected`, `accept`, `label`.
  ///
  /// - Parameters:
  ///   - file: where.
  ///   - paths: of the rows, `[N]`.
  ///   - labels: class of each, `[N]`; nil where it is not known.
  ///   - splits: the part of the data that each is in, `[N]`; nil where the data have none.
  ///   - scores: of each, `[N]`.
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeRows(
    to file: String, paths: [String], labels: [String?], splits: [String?], scores: [Double]
  ) throws(FileError) {
    let split = SplitColumn(splits)
    try DelimitedWriter.write(
      columns: ["path", "given"] + split.name + [
        "score", "hardness", "selected", "accept", "label",
      ],
      rows: paths.indices.lazy.map { row in
        [paths[row], labels[row] ?? ""] + split.cell(row) + [
          "\(scores[row])", "\(self.hardness[row])", self.isKept[row] ? "1" : "0", "", "",
        ]
      }, to: file)
  }

  /// Writes `classes.csv`: `class`, `before`, `kept`, `lost`, `kept_at_random`, `lost_at_random`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeClasses(to file: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: ["class", "before", "kept", "lost", "kept_at_random", "lost_at_random"],
      rows: classes.map {
        [
          $0.name, "\($0.before)", "\($0.kept)", "\($0.lost)", "\($0.keptAtRandom)",
          "\($0.lostAtRandom)",
        ]
      }, to: file)
  }
}

/// The column of the parts of the data, which is there only where the data have parts.
private struct SplitColumn {
  private let splits: [String?]?

  init(_ splits: [String?]) {
    self.splits = splits.contains { $0 != nil } ? splits : nil
  }

  /// Its name; nothing without parts.
  var name: [String] { splits == nil ? [] : ["split"] }

  /// Its cell in a row; nothing without parts.
  func cell(_ row: Int) -> [String] { splits.map { [$0[row] ?? ""] } ?? [] }
}
