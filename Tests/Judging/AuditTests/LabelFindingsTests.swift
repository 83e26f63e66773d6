import Audit
import Files
import Foundation
import TestSupport
import Testing

@Suite struct LabelFindingsTests {
  /// Three classes; of the last, both examples are taken for the first.
  private func findings(
    keeping kept: Int = 1, first: Set<Int> = []
  ) throws -> LabelFindings {
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
      rule: .predicted, keeping: kept, first: first)
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

  /// What concerns a class that comes first stands first, by margin, whether it was given or is suggested; tables follow.
  @Test func someClassesComeFirst() throws {
    // Margins: .075 of rows 0 to 2, .25 of row 40 (c .2, a .7), .15 of row 41 (c .1, a .8).
    #expect(try findings(first: [2]).looks.map(\.row) == [41, 40, 0, 1, 2])
    #expect(try findings(first: [0]).looks.map(\.row) == [0, 1, 2, 41, 40])
    #expect(try findings().looks.map(\.row) == [0, 1, 2, 41, 40])
    try withTemporaryFolder { folder in
      let found = try findings(first: [2])
      try found.writeIssues(to: folder + "/issues.csv")
      var reader = try DelimitedReader(path: folder + "/issues.csv")
      #expect(reader.columns.last == "look")
      var looks: [String: String] = [:]
      while let row = try reader.next() { looks[row.fields[0]] = row.fields.last }
      #expect(looks["41"] == "1" && looks["40"] == "2" && looks["0"] == "3" && looks["5"] == "")
      try found.writeCorrections(to: folder + "/corrections.csv")
      let text = String(decoding: try FileBytes.read(folder + "/corrections.csv"), as: UTF8.self)
      let paths = text.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
      // The last of its class is not offered.
      #expect(paths == ["x41.png", "x0.png", "x1.png", "x2.png"])
    }
  }

  /// What Label Studio imports: a task for each finding, in their order, under the names of its format.
  @Test func tasksOfLabelStudio() throws {
    let found = try findings()
    #expect(found.tasks.map(\.data.row) == [0, 2, 1, 41, 40])
    let bytes = try JSONEncoder().encode(found.tasks)
    let tasks = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]])
    // The first is given as a and taken for the second class at .9, the last but one as c and taken for a at .8.
    for (place, image, given, suggested, score) in [
      (0, "x0.png", "a", "b, or <i>", 0.95), (3, "x41.png", "c", "a", 0.9),
    ] {
      let data = try #require(tasks[place]["data"] as? [String: Any])
      #expect(data["image"] as? String == image && data["given"] as? String == given)
      let predictions = try #require(tasks[place]["predictions"] as? [[String: Any]])
      #expect(predictions.count == 1)
      #expect(predictions[0]["model_version"] as? String == "steelyard audit")
      #expect(close(predictions[0]["score"] as? Double ?? 0, score, absolute: 1e-9))
      let result = try #require((predictions[0]["result"] as? [[String: Any]])?.first)
      #expect(result["from_name"] as? String == "label")
      #expect(result["to_name"] as? String == "image")
      #expect(result["type"] as? String == "choices")
      let value = try #require(result["value"] as? [String: Any])
      #expect(value["choices"] as? [String] == [suggested])
    }
    #expect(try JSONDecoder().decode([LabelStudioTask].self, from: bytes) == found.tasks)
  }

  @Test func whichClassesComeFirst() throws {
    let (names, counts) = (["a", "b,c", "d", "e"], [9, 3, 0, 3])
    func numbers(_ text: String) throws -> Set<Int>? {
      try FirstClasses(text)?.numbers(among: names, counts: counts)
    }
    // Of equal ones the earlier, and none that nobody was given.
    #expect(try numbers("rarest:1") == [1])
    #expect(try numbers("rarest:2") == [1, 3])
    #expect(try numbers("rarest:9") == [0, 1, 3])
    #expect(try numbers("a,e") == [0, 3])
    #expect(try numbers("b,c") == [1])
    #expect(FirstClasses("rarest:0") == nil && FirstClasses("rarest:") == nil)
    #expect(FirstClasses("") == nil && FirstClasses(",") == nil && FirstClasses(",,") == nil)
    let error = #expect(throws: AuditError.noClassOfName("A", nearest: "a")) {
      try numbers("A")
    }
    #expect(error?.description == "no class is called 'A'; did you mean 'a'?")
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
