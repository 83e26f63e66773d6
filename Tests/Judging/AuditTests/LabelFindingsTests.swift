import Audit
import Files
import TestSupport
import Testing

@Suite struct LabelFindingsTests {
  /// Three classes; of the last, both examples are taken for the first.
  private func findings(keeping kept: Int = 1) throws -> LabelFindings {
    var (p, given): ([Double], [Int32]) = ([], [])
    for row in 0..<40 {
      let (label, wrong) = (row % 2, row < 3)
      given.append(Int32(label))
      let seen = wrong ? 1 - label : label
      p += [seen == 0 ? 0.9 : 0.05, seen == 1 ? 0.9 : 0.05, 0.05]
    }
    given += [2, 2]
    p += [0.7, 0.1, 0.2, 0.8, 0.1, 0.1]
    let audit = try LabelAudit(ProbabilityRows(p, classes: 3), given: given, keeping: 1)
    return LabelFindings(
      audit, classes: ["a", "b, or <i>", "c"], paths: (0..<42).map { "x\($0).png" },
      rule: .predicted, keeping: kept)
  }

  @Test func ranksAreWithinTheClassAndTheLastAreKept() throws {
    let found = try findings()
    #expect(found.findings.map(\.row) == [0, 2, 1, 41, 40])
    #expect(found.findings.map(\.rank) == [1, 2, 1, 1, 2])
    #expect(found.findings.map(\.isLast) == [false, false, false, false, true])
    #expect(found.countsAfter == [20, 21, 1])
    #expect(found.audit.givenCounts == [20, 20, 2])
    #expect(found.why(found.findings[4]) == "c 0.200, a 0.700; one of the last 1 of its class")
    #expect(try findings(keeping: 2).findings.map(\.isLast) == [false, false, false, true, true])
  }

  @Test func theTablesSayIt() throws {
    try withTemporaryFolder { folder in
      let found = try findings()
      try found.writeIssues(to: folder + "/issues.csv")
      var reader = try DelimitedReader(path: folder + "/issues.csv")
      #expect(
        Array(reader.columns.prefix(6))
          == ["row", "path", "given", "suggested", "is_label_issue", "label_score"])
      var rows: [[String]] = []
      while let row = try reader.next() { rows.append(row.fields) }
      #expect(rows.count == 42 && rows.count { $0[4] == "True" } == 5)
      #expect(Array(rows[0].prefix(6)) == ["0", "x0.png", "a", "b, or <i>", "True", "0.05"])
      #expect(rows[5...].map { $0[0] } == (3..<40).map(String.init))
      try found.writeCorrections(to: folder + "/corrections.csv")
      let text = String(decoding: try FileBytes.read(folder + "/corrections.csv"), as: UTF8.self)
      #expect(text.split(separator: "\n").count == 5 && !text.contains("x40.png"))
      #expect(
        text.hasPrefix("path,given,suggested,label,label_score,why\nx0.png,a,\"b, or <i>\",,0.05,"))
      try found.writeCounts(to: folder + "/counts.csv")
      let counts = String(decoding: try FileBytes.read(folder + "/counts.csv"), as: UTF8.self)
      #expect(counts.hasSuffix("c,2,\(found.joint(2)),2,1\n"), "\(counts)")
      let tasks = found.tasks
      #expect(tasks.count == 5 && tasks[0].data.image == "x0.png")
      let json = String(decoding: try JSONFile.encode(tasks), as: UTF8.self)
      #expect(json.contains("\"from_name\" : \"label\"") && json.contains("\"choices\""))
    }
  }
}

extension LabelFindings {
  fileprivate func joint(_ label: Int) -> Int { audit.joint.trueCounts[label] }
}
