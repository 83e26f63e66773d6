import Audit
import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// What holds of every list of findings, by any rule and score: of drawn tables with labels that go wrong.
@Suite struct LabelFindingsPropertyTests {
  private static let names = ["rare, one", "say \"b\"", "zwei\nZeilen", "猫 d"]

  /// 100 rows of four classes, three of the first.
  private func audit(_ seed: UInt64) throws -> LabelAudit {
    var source = RandomKey(seed: seed).folding("findings").source
    var (p, given): ([Double], [Int32]) = ([], [])
    for row in 0..<100 {
      let truth = row < 3 ? 0 : 1 + source.below(3)
      let parts = (0..<4).map { exp(source.normal() + ($0 == truth ? 2.5 : 0)) }
      let sum = parts.reduce(0, +)
      p += parts.map { $0 / sum }
      given.append(Int32(row < 3 ? 0 : source.below(4) == 0 ? 1 + source.below(3) : truth))
    }
    return try LabelAudit(ProbabilityRows(p, classes: 4), given: given)
  }

  @Test(arguments: UInt64(1)...4) func whatHoldsOfAll(seed: UInt64) throws {
    let audit = try audit(seed)
    try #require(audit.votes.hasStructure)
    for rule in IssueRule.allCases {
      for score in LabelScore.allCases {
        for kept in [0, 1, 2, 20, 1000] {
          let found = LabelFindings(
            audit, classes: Self.names, rule: rule, score: score, keeping: kept)
          #expect(found.findings.map(\.row).sorted() == audit.issues(by: rule))
          let scores = audit.scores(score)
          for label in 0..<4 {
            let own = found.findings.filter { Int(audit.given[$0.row]) == label }
            #expect(own.map(\.rank) == Array(1..<own.count + 1))
            let values = own.map { scores[$0.row] }
            #expect(values == values.sorted())
            // Were every offered correction made and none came in, so many of the class would stay at least.
            let offered = own.count { !$0.isLast }
            #expect(audit.givenCounts[label] - offered >= min(kept, audit.givenCounts[label]))
            #expect(own.prefix(offered).allSatisfy { !$0.isLast })
          }
          let after = found.countsAfter
          #expect(after.reduce(0, +) == 100)
          for label in 0..<4 {
            #expect(after[label] >= min(kept, audit.givenCounts[label]))
          }
        }
      }
    }
  }

  /// Whoever comes first, the looks are the findings in another order, those of a class that comes first before all others.
  @Test(arguments: UInt64(1)...4) func looksAreTheFindings(seed: UInt64) throws {
    let audit = try audit(seed)
    let margins = audit.scores(.normalizedMargin)
    for first in [[], [0], [2, 3], [0, 1, 2, 3]] as [Set<Int>] {
      let found = LabelFindings(audit, classes: Self.names, rule: .predicted, first: first)
      #expect(found.looks.map(\.row).sorted() == found.findings.map(\.row).sorted())
      let concerns = found.looks.map {
        first.contains(Int(audit.given[$0.row])) || first.contains(Int(audit.suggested[$0.row]))
      }
      #expect(concerns == concerns.sorted { $0 && !$1 })
      for part in [true, false] {
        let own = zip(found.looks, concerns).filter { $0.1 == part }.map { margins[$0.0.row] }
        #expect(own == own.sorted())
      }
    }
  }

  /// The tables together: every row once, corrections of just the findings that are not the last, and the counts of the summary.
  @Test func theTablesAgree() throws {
    let audit = try audit(7)
    let paths = (0..<100).map { "folder \($0 % 3),\"\($0)\".png" }
    let found = LabelFindings(
      audit, classes: Self.names, paths: paths, rule: .predicted, keeping: 25)
    func table(_ path: String) throws -> [[String: String]] {
      var reader = try DelimitedReader(path: path)
      let columns = reader.columns
      var rows: [[String: String]] = []
      while let row = try reader.next() {
        rows.append(Dictionary(uniqueKeysWithValues: zip(columns, row.fields)))
      }
      return rows
    }
    try withTemporaryFolder { folder in
      try found.writeIssues(to: folder + "/issues.csv")
      try found.writeCorrections(to: folder + "/corrections.csv")
      try found.writeCounts(to: folder + "/counts.csv")
      let issues = try table(folder + "/issues.csv")
      #expect(issues.compactMap { Int($0["row"] ?? "") }.sorted() == Array(0..<100))
      for line in issues {
        let row = try #require(Int(line["row"] ?? ""))
        #expect(line["path"] == paths[row] && line["given"] == found.given(row))
        #expect(line["suggested"] == found.suggested(row))
        let isFinding = audit.isIssue(row, by: .predicted)
        #expect(line["is_label_issue"] == (isFinding ? "True" : "False"))
        #expect((line["rank"] != "") == isFinding && (line["why"] != "") == isFinding)
        #expect(Double(line["label_score"] ?? "") == audit.selfConfidence[row])
        #expect(Double(line["normalized_margin"] ?? "") == audit.normalizedMargin[row])
        #expect(
          Double(line["confidence_weighted_entropy"] ?? "") == audit.weightedEntropy[row])
        for rule in IssueRule.allCases {
          let column = rule.rawValue.replacing("-", with: "_")
          #expect(line[column] == (audit.isIssue(row, by: rule) ? "1" : "0"), "\(column)")
        }
        #expect(line["agree"] == String(found.agreeing(row).count))
      }
      let offered = found.findings.filter { !$0.isLast }
      let corrections = try table(folder + "/corrections.csv")
      #expect(corrections.compactMap { $0["path"] } == offered.map { paths[$0.row] })
      #expect(corrections.compactMap { $0["suggested"] } == offered.map { found.suggested($0.row) })
      #expect(corrections.allSatisfy { $0["label"] == "" })
      let counts = try table(folder + "/counts.csv")
      #expect(counts.compactMap { $0["class"] } == Self.names)
      #expect(counts.compactMap { Int($0["given"] ?? "") } == audit.givenCounts)
      #expect(counts.compactMap { Int($0["after"] ?? "") } == found.countsAfter)
      #expect(counts.compactMap { Int($0["estimated"] ?? "") } == audit.joint.trueCounts)
    }
    let summary = found.summary
    #expect(summary.perClass.map(\.issues).reduce(0, +) == summary.issues)
    #expect(summary.issuesByRule.count == IssueRule.allCases.count)
    #expect(summary.joint?.flatMap(\.self) == audit.joint.calibrated)
    let back = try JSONFile.decode(
      AuditSummary.self, from: Array(JSONFile.encode(summary)), name: "audit.json")
    #expect(back == summary)
  }

  /// Words of one row, with three decimals each, by hand.
  @Test func reasonsByHand() throws {
    var (p, given): ([Double], [Int32]) = ([], [])
    for row in 0..<40 {
      let label = row % 2
      given.append(Int32(label))
      p += label == 0 ? [0.95, 0.05] : [0.05, 0.95]
    }
    (p[0], p[1]) = (0.0005, 0.9995)
    let audit = try LabelAudit(ProbabilityRows(p, classes: 2), given: given)
    let found = LabelFindings(audit, classes: ["x", "y"], rule: .predicted)
    #expect(found.findings.map(\.row) == [0])
    let words = found.why(found.findings[0])
    #expect(
      ["x 0.001, y 1.000", "x 0.001, y 0.999", "x 0.000, y 1.000"].contains(words), "\(words)")
    #expect(found.name(0) == "0")
    #expect(found.agreeing(0).allSatisfy { $0 != "predicted-neq-given" })
  }
}
