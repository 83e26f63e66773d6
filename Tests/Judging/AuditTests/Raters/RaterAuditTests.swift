import Audit
import Files
import TestSupport
import Testing

/// What an audit of raters tells a person, and its tables.
@Suite struct RaterAuditTests {
  /// Three raters. Of class c there are two rows so far, which all three call a, and one of them b besides.
  private func audit(
    by method: RaterAudit.Method? = .majority, keeping kept: Int = 1, isGiven: Bool = true,
    model: RatedProbabilities? = nil
  ) throws -> RaterAudit {
    var rows: [[Int?]] = (0..<20).map { [$0 % 2, $0 % 2, $0 % 2] }
    rows += [[0, 0, 1], [0, 0, 0], [0, 1, nil]]
    let given: [Int?] = (0..<20).map { $0 % 2 } + [2, 2, nil]
    let table = RatingTable(
      Ratings(rows, classes: 3), paths: (0..<23).map { "\($0).png" },
      raters: ["ann", "bob", "c,y"],
      classes: ["a", "b", "c"], given: isGiven ? given : nil)
    return try RaterAudit(table, model: model, by: method, keeping: kept)
  }

  private func table(_ path: String) throws -> [[String: String]] {
    var reader = try DelimitedReader(path: path)
    let columns = reader.columns
    var rows: [[String: String]] = []
    while let row = try reader.next() {
      rows.append(Dictionary(zip(columns, row.fields), uniquingKeysWith: { $1 }))
    }
    return rows
  }

  @Test func theLastOfAClassStay() throws {
    let audit = try audit()
    // By class of the label so far: of row 22, which has none, of its consensus.
    #expect(audit.findings.map(\.row) == [22, 20, 21])
    #expect(audit.findings.map(\.rank) == [1, 1, 2])
    #expect(audit.findings.map(\.isLast) == [false, false, true])
    #expect(audit.held == [21] && audit.finalLabel(21) == 2 && audit.finalLabel(20) == 0)
    #expect(audit.differing == 2 && audit.vanished.isEmpty)
    #expect(try self.audit(keeping: 2).held == [20, 21])
    #expect(try self.audit(keeping: 0).held.isEmpty)
    let free = try self.audit(isGiven: false)
    #expect(free.held.isEmpty && free.differing == nil)
    #expect(free.findings.map(\.row) == [22, 20])
    #expect(
      audit.why(audit.findings[1]) == "3 ratings: 2 a, 1 b; consensus a 0.667")
    #expect(audit.why(audit.findings[2]).hasSuffix("; one of the last 1 of its class"))
  }

  /// Votes of equal number: the model's probability, else the raters' quality.
  @Test func tiesAreBrokenAsIsSaid() throws {
    #expect(try audit().vote.decisions[22] == .frequency)
    let model = RatedProbabilities(rows: [22], values: [0.2, 0.7, 0.1], classes: 3)
    let seen = try audit(model: model)
    #expect(seen.vote.decisions[22] == .probability && seen.consensus[22] == 1)
    #expect(seen.ties == [.probability: 1])
    // bob is wrong twice, ann never: a row of their two votes is ann's.
    let vote = MajorityVote(
      Ratings([[0, 1, 0], [1, 0, 1], [0, 1, nil], [1, 1, 1]], classes: 2))
    #expect(vote.labels == [0, 1, 0, 1] && vote.decisions[2] == .raterQuality)
    let first = MajorityVote(Ratings([[0, 1], [1, 0]], classes: 2))
    #expect(first.labels == [0, 0] && first.decisions == [.order, .order])
  }

  /// Rows that the model does not know keep the consensus of the raters.
  @Test func rowsWithoutPartners() throws {
    let rows = Array(0..<21)
    let values = rows.flatMap { $0 % 2 == 0 ? [0.8, 0.1, 0.1] : [0.1, 0.8, 0.1] }
    let model = RatedProbabilities(rows: rows, values: values, classes: 3)
    let audit = try audit(by: nil, model: model)
    #expect(audit.method == .crowdlab)
    #expect(audit.methods == rows.map { _ in .crowdlab } + [.dawidSkene, .dawidSkene])
    #expect(audit.summary.methods == ["crowdlab": 21, "dawid-skene": 2])
    let raters = try self.audit(by: .dawidSkene)
    #expect(audit.posterior[63...] == raters.posterior[63...])
    #expect(
      audit.raters.count == 3 && audit.summary.raters.allSatisfy { $0.crowdlabQuality != nil })
  }

  @Test func tables() throws {
    try withTemporaryFolder { folder in
      let audit = try audit()
      try audit.writeConsensus(to: folder + "/consensus.csv")
      try audit.writeCorrections(to: folder + "/corrections.csv")
      try audit.writeRaters(to: folder + "/raters.csv")
      let consensus = try table(folder + "/consensus.csv")
      #expect(consensus.count == 23)
      #expect(consensus[20]["label"] == "a" && consensus[20]["given"] == "c")
      #expect(consensus[20]["differs"] == "1" && consensus[20]["rank"] == "1")
      #expect(consensus[21]["label"] == "c" && consensus[21]["consensus"] == "a")
      #expect(consensus[22]["given"] == "" && consensus[22]["differs"] == "")
      #expect(consensus[22]["rater_c,y"] == "" && consensus[22]["rater_bob"] == "b")
      #expect(consensus[0]["differs"] == "0" && consensus[0]["method"] == "majority")
      #expect(consensus[0]["quality"] == "1.0" && consensus[0]["ratings"] == "3")
      let corrections = try table(folder + "/corrections.csv")
      #expect(corrections.map { $0["path"] } == ["22.png", "20.png"])
      #expect(corrections.map { $0["suggested"] } == ["b", "a"])
      #expect(corrections.allSatisfy { $0["label"] == "" })
      let raters = try table(folder + "/raters.csv")
      #expect(raters.map { $0["rater"] } == ["ann", "bob", "c,y"])
      #expect(raters.map { $0["ratings"] } == ["23", "23", "22"])
      #expect(raters[0]["a_rows"] == "11" && raters[0]["crowdlab_quality"] == "")
      let stored = try JSONFile.decode(
        RaterSummary.self, from: JSONFile.encode(audit.summary), name: "raters")
      #expect(stored == audit.summary)
    }
  }
}
