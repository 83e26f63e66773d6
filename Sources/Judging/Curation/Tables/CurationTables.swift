public import Files

/// The tables of a curation.
///
/// | file | a row is | columns |
/// |---|---|---|
/// | `curation.csv` | a row of the data, in their order | `path`, `given`, `group`, `patient`, `cluster`, `bin`, `distance`, `selected` (1 or 0), `why`, `proposed` (a label), `accept` and `label` (both empty: for a person) |
/// | `clusters.csv` | a cluster | `cluster`, `rows`, `selected`, `known` (rows with a class), `proposed`, `from` (the cluster that proposes), `accept` and `label` |
extension Curation {
  /// Writes `curation.csv`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeRows(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: CurationAnswers.columns,
      rows: rows.table.paths.indices.lazy.map { row in
        [
          self.rows.table.paths[row], self.rows.labels[row] ?? "", self.rows.groups[row],
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
  /// Writes `curation.csv` of a part kept by a score: `path`, `given`, `score`, `hardness`, `selected`, `accept`, `label`.
  ///
  /// - Parameters:
  ///   - file: where.
  ///   - paths: of the rows, `[N]`.
  ///   - labels: class of each, `[N]`; nil where it is not known.
  ///   - scores: of each, `[N]`.
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeRows(
    to file: String, paths: [String], labels: [String?], scores: [Double]
  ) throws(FileError) {
    try DelimitedWriter.write(
      columns: ["path", "given", "score", "hardness", "selected", "accept", "label"],
      rows: paths.indices.lazy.map { row in
        [
          paths[row], labels[row] ?? "", "\(scores[row])", "\(self.hardness[row])",
          self.isKept[row] ? "1" : "0", "", "",
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
