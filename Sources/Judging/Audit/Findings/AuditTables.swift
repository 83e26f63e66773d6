public import Files

/// The tables of an audit.
///
/// | file | a row is | columns |
/// |---|---|---|
/// | `issues.csv` | an example; findings first, by class and rank, then the others in their order | `row`, `path`, `given`, `suggested`, `is_label_issue`, `label_score`, each score, each rule, `agree`, `rank`, `why` |
/// | `counts.csv` | a class | `class`, `given`, `estimated` (of it, by the joint), `issues`, `after` (all offered corrections made) |
/// | `corrections.csv` | a finding that may be corrected | `path`, `given`, `suggested`, `label` (empty: to be filled in), `label_score`, `why` |
///
/// Where some classes come first, `issues.csv` has a column `look` besides, the place of each finding in the order of
/// ``LabelFindings/looks``, and `corrections.csv` is in that order.
extension LabelFindings {
  /// Writes `issues.csv`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeIssues(to path: String) throws(FileError) {
    let found = Set(findings.map(\.row))
    let order =
      findings.map { ($0.row, Optional($0)) }
      + (0..<audit.count).lazy.filter { !found.contains($0) }.map { ($0, nil) }
    let (label, places) = (audit.scores(score), places)
    let others = similar == nil ? [] : ["neighbours-vote", "neighbours-rank"]
    try DelimitedWriter.write(
      columns: ["row"] + (paths == nil ? [] : ["path"])
        + ["given", "suggested", "is_label_issue", "label_score"]
        + LabelScore.allCases.map { Self.column($0.rawValue) }
        + (similar == nil ? [] : ["neighbour_score", "neighbour_suggested", "outlier_score"])
        + (IssueRule.allCases.map(\.rawValue) + others).map(Self.column) + [
          "agree", "rank", "why",
        ] + (first.isEmpty ? [] : ["look"]),
      rows: order.lazy.map { row, finding in
        var cells = [String(row)]
        if let paths = self.paths { cells.append(paths[row]) }
        cells += [self.given(row), self.suggested(row), finding == nil ? "False" : "True"]
        cells.append("\(label[row])")
        for score in LabelScore.allCases { cells.append("\(self.audit.scores(score)[row])") }
        if let similar = self.similar {
          cells += [
            "\(similar.votes[row])", self.classes[Int(similar.suggested[row])],
            "\(similar.outlierScores[row])",
          ]
        }
        for rule in IssueRule.allCases {
          cells.append(self.audit.isIssue(row, by: rule) ? "1" : "0")
        }
        if let similar = self.similar {
          cells += [similar.isOutvoted[row], similar.isLowRanked[row]].map { $0 ? "1" : "0" }
        }
        cells.append(String(self.agreeing(row).count))
        cells += [finding.map { String($0.rank) } ?? "", finding.map(self.why) ?? ""]
        return self.first.isEmpty ? cells : cells + [places[row].map(String.init) ?? ""]
      }, to: path)
  }

  /// Writes `counts.csv`.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeCounts(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: ["class", "given", "estimated", "issues", "after"],
      rows: summary.perClass.map {
        [$0.name, "\($0.given)", "\($0.estimated)", "\($0.issues)", "\($0.after)"]
      }, to: path)
  }

  /// Writes `corrections.csv`: what a person fills in, and `train --corrections` applies.
  ///
  /// - Throws: `FileError` as `AtomicFile`.
  public func writeCorrections(to path: String) throws(FileError) {
    let label = audit.scores(score)
    try DelimitedWriter.write(
      columns: ["path", "given", "suggested", "label", "label_score", "why"],
      rows: (first.isEmpty ? findings : looks).lazy.filter { !$0.isLast }.map { finding in
        let row = finding.row
        return [
          self.name(row), self.given(row), self.suggested(row), "", "\(label[row])",
          self.why(finding),
        ]
      }, to: path)
  }

  private static func column(_ name: String) -> String { name.replacing("-", with: "_") }
}
