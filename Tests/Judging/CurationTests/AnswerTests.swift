import Audit
import Curation
import Files
import Randomness
import TestSupport
import Testing

@Suite struct AnswerTests {
  private let head =
    "path,given,group,patient,cluster,bin,distance,selected,why,proposed,accept,label\n"

  private func answers(
    _ rows: String, clusters: String? = nil
  ) throws -> CurationAnswers {
    try withTemporaryFolder { folder in
      try AtomicFile.write(head + rows, to: folder + "/curation.csv")
      if let clusters {
        try AtomicFile.write("cluster,accept,label\n" + clusters, to: folder + "/clusters.csv")
      }
      return try CurationAnswers(
        folder + "/curation.csv", clusters: clusters == nil ? nil : folder + "/clusters.csv")
    }
  }

  /// Own answers before those for clusters before the choice; labels by hand before those there were.
  @Test func whoseAnswerCounts() throws {
    let rows = """
      a,,s,p,s/1,1,0.1,1,,,,
      b,,s,p,s/1,1,0.1,0,,,,
      c,,s,p,s/1,1,0.1,1,,,no,
      d,,s,p,s/2,1,0.1,1,,x,,
      e,,s,p,s/2,1,0.1,1,,,yes,tumour
      f,old,s,,s/3,1,0.1,1,,,,
      g,old,s,,s/3,1,0.1,0,,,yes,new

      """
    let plain = try answers(rows)
    #expect(plain.accepted.map(\.path) == ["a", "d", "e", "f", "g"])
    #expect(plain.rejected == 1 && plain.added == 1)
    #expect(plain.accepted.map(\.label) == [nil, nil, "tumour", "old", "new"])
    #expect(plain.accepted.map(\.group) == ["p", "p", "p", nil, nil])
    let bulk = try answers(rows, clusters: "s/1,yes,stroma\ns/2,no,\n")
    #expect(bulk.accepted.map(\.path) == ["a", "e", "f", "g"])
    #expect(bulk.accepted.map(\.label) == ["stroma", "tumour", "old", "new"])
  }

  /// The part of the data goes from a selection through answers into the table that commands read; without parts no column says so.
  @Test func partsStay() throws {
    let table = try FeatureTable(
      paths: ["a", "b", "c"], values: [0, 1, 2, 3, 5, 8], width: 2)
    var settings = CurationSettings()
    (settings.leastGroup, settings.copyDistance) = (1, nil)
    try withTemporaryFolder { folder in
      for (splits, head, cells) in [
        (
          ["train", "val", "test"], "path,given,split,group,",
          ["x,train,all", ",val,all", "z,test,all"]
        ),
        ([nil, nil, nil], "path,given,group,", ["x,all", ",all", "z,all"]),
      ] as [([String?], String, [String])] {
        let curation = try Curation(
          CurationRows(table, labels: ["x", nil, "z"], splits: splits),
          settings: settings, key: RandomKey(seed: 1),
          products: PlainProducts())
        try curation.writeRows(to: folder + "/curation.csv")
        var lines = try text(folder + "/curation.csv").split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix(head), "\(lines[0])")
        for (line, cell) in zip(lines.dropFirst(), cells) {
          #expect(line.dropFirst(2).hasPrefix(cell + ","), "\(line)")
        }
        for place in 1...3 { lines[place] = lines[place].dropLast(2) + ",yes," }
        try AtomicFile.write(
          lines.joined(separator: "\n") + "\n", to: folder + "/curation.csv")
        let answers = try CurationAnswers(folder + "/curation.csv")
        #expect(answers.accepted.map(\.split) == splits)
        try CurationAnswers.write(answers.labelled, to: folder + "/accepted.csv")
        let expected =
          splits[0] == nil ? "path,label\na,x\nc,z\n" : "path,label,split\na,x,train\nc,z,test\n"
        #expect(try text(folder + "/accepted.csv") == expected)
      }
    }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  /// A proposal is never taken as an answer.
  @Test func proposalsAreNoLabels() throws {
    let found = try answers("a,,s,p,s/1,1,0.1,1,,tumour,,\n")
    #expect(found.open.map(\.path) == ["a"] && found.labelled.isEmpty)
  }

  @Test func mistakesHaveALine() throws {
    let bad = try #require(throws: CurationError.self) {
      try answers("a,,s,p,s/1,1,0.1,1,,,perhaps,\n")
    }
    #expect(
      "\(bad)".hasSuffix(
        "curation.csv:2: expected yes, no or nothing in column 'accept', got 'perhaps'"))
    let twice = try #require(throws: CurationError.self) {
      try answers("a,,s,p,s/1,1,0.1,1,,,,\na,,s,p,s/1,1,0.1,1,,,,\n")
    }
    #expect("\(twice)".hasSuffix("curation.csv:3: 'a' is answered twice; keep one of the rows"))
    let stray = try #require(throws: CurationError.self) {
      try answers("a,,s,p,s/1,1,0.1,1,,,,\n", clusters: "s/9,no,\n")
    }
    #expect("\(stray)".contains("clusters.csv:2: no row is of cluster 's/9'"))
  }
}
