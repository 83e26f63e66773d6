import Curation
import Files
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
