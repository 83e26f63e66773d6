public import Files

/// The tables of an audit of raters.
///
/// | file | a row is | columns |
/// |---|---|---|
/// | `raters.csv` | a rater | `rater`, `ratings`, `shared` (rows that others rated too), `agreement` (with the others' majority), `chance`, `kappa`, `z`, `no_better_than_chance`, `crowdlab_quality`, `crowdlab_weight`, `weak_at`; of each class `<class>_diagonal` and `<class>_expected` (Dawid and Skene's π_cc, and the rows that it rests on), `<class>_recall`, `<class>_hits` and `<class>_rows` (of the others' majority) |
/// | `consensus.csv` | a row that was rated | `path`, `label` (the consensus; of the last of a class the label so far), `given`, `consensus`, `quality`, `ratings`, `agreement`, `differs` (from the given label), `method`, `rank`, `why`, and `rater_<rater>` for each rater |
/// | `corrections.csv` | a row to look at, but the last of a class | `path`, `given`, `suggested`, `label` (empty: to be filled in), `label_score`, `why` |
extension RaterAudit {
  /// Writes `raters.csv`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeRaters(to path: String) throws(FileError) {
    let expected = expectedRows()
    try DelimitedWriter.write(
      columns: [
        "rater", "ratings", "shared", "agreement", "chance", "kappa", "z", "no_better_than_chance",
        "crowdlab_quality", "crowdlab_weight", "weak_at",
      ]
        + table.classes.flatMap { name in
          ["diagonal", "expected", "recall", "hits", "rows"].map { "\(name)_\($0)" }
        },
      rows: table.raters.indices.lazy.map { rater in
        let one = self.raters[rater]
        let weak = self.table.classes.indices.filter { one.perClass[$0].isWeak }
        var cells = [self.table.raters[rater], "\(one.ratings)", "\(one.shared)"]
        cells += [one.agreement, one.chance, one.kappa, one.z].map(Self.cell)
        cells.append(one.isNoBetterThanChance.map { $0 ? "1" : "0" } ?? "")
        cells.append(Self.cell(self.crowdlab?.raterQuality[rater]))
        cells.append(Self.cell(self.crowdlab?.raterWeights[rater]))
        cells.append(weak.map { self.table.classes[$0] }.joined(separator: " | "))
        for label in self.table.classes.indices {
          let own = one.perClass[label]
          cells += [
            "\(self.dawidSkene.confusion(of: rater, true: label, given: label))",
            "\(expected[rater][label])", Self.cell(own.recall), "\(own.hits)", "\(own.rows)",
          ]
        }
        return cells
      }, to: path)
  }

  /// Writes `consensus.csv`, which is a table of data, and what `train --corrections` applies. As a table of data it lies elsewhere than
  /// the ratings, so that relative paths need `--image-root`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeConsensus(to path: String) throws(FileError) {
    let found = Dictionary(
      findings.map { ($0.row, $0) }, uniquingKeysWith: { first, _ in first })
    let classes = table.classes
    try DelimitedWriter.write(
      columns: [
        "path", "label", "given", "consensus", "quality", "ratings", "agreement", "differs",
        "method", "rank", "why",
      ] + table.raters.map { "rater_\($0)" },
      rows: table.paths.indices.lazy.map { row in
        var own = [String](repeating: "", count: self.table.raters.count)
        for one in self.table.ratings[row] { own[one.rater] = classes[one.label] }
        let given = self.table.given[row]
        let differs = given.map { $0 == self.consensus[row] ? "0" : "1" } ?? ""
        var cells = [self.table.paths[row], classes[self.finalLabel(row)]]
        cells += [given.map { classes[$0] } ?? "", classes[self.consensus[row]]]
        cells += ["\(self.quality(row))", "\(self.table.ratings[row].count)"]
        cells += ["\(self.agreement(row))", differs, self.methods[row].rawValue]
        cells += [found[row].map { "\($0.rank)" } ?? "", found[row].map(self.why) ?? ""]
        return cells + own
      }, to: path)
  }

  /// Writes `corrections.csv`: what a person fills in, and `train --corrections` applies.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeCorrections(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: ["path", "given", "suggested", "label", "label_score", "why"],
      rows: findings.lazy.filter { !$0.isLast }.map { finding in
        let row = finding.row
        return [
          self.table.paths[row], self.table.classes[self.label(row)],
          self.table.classes[self.suggested(row)], "",
          "\(self.probability(row, self.label(row)))", self.why(finding),
        ]
      }, to: path)
  }

  private static func cell(_ value: Double??) -> String { (value ?? nil).map { "\($0)" } ?? "" }
}
