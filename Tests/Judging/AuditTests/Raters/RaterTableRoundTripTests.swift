import Audit
import Files
import TestSupport
import Testing

/// Names of raters, classes and rows that would break a table, through reading and all that is written.
@Suite struct RaterTableRoundTripTests {
  private static let raters = ["Anna, B.", "say \"x\"", "zwei\nZeilen"]
  private static let classes = ["10, a", "\"2\"", "猫"]

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// Of each row and rater a class, by (row + rater · row) mod 3; the last rater skips odd rows.
  private func label(_ row: Int, _ rater: Int) -> String? {
    rater == 2 && row % 2 == 1 ? nil : Self.classes[(row + rater * row) % 3]
  }

  private func path(_ row: Int) -> String { "img \(row),\"é\".png" }

  private func long(_ order: [Int]) -> String {
    let cells = (0..<9).flatMap { row in (0..<3).map { (row, $0) } }
    let lines = order.compactMap { place -> String? in
      let (row, rater) = cells[place]
      return label(row, rater).map {
        [path(row), Self.raters[rater], $0].map(quoted).joined(separator: ",") + "\n"
      }
    }
    return "path,rater,label\n" + lines.joined()
  }

  private func wide() -> String {
    let head = ["path"] + Self.raters
    let lines = (0..<9).map { row in
      ([path(row)] + (0..<3).map { label(row, $0) ?? "" }).map(quoted).joined(separator: ",")
    }
    return head.map(quoted).joined(separator: ",") + "\n" + lines.joined(separator: "\n") + "\n"
  }

  private func read(_ text: String, raters: [String]? = nil) throws -> RatingTable {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: folder + "/r.csv")
      return try RatingTable.read(folder + "/r.csv", raters: raters)
    }
  }

  /// A rating a line or a row a line, and lines in any order: the same ratings under the same names.
  @Test func formsAndOrdersAreOne() throws {
    let table = try read(long(Array(0..<27)))
    #expect(table.raters == Self.raters && table.paths == (0..<9).map(path))
    #expect(table.classes == Self.classes.sorted())
    for row in 0..<9 {
      for one in table.ratings[row] {
        #expect(table.classes[one.label] == label(row, one.rater))
      }
      #expect(table.ratings[row].count == (row % 2 == 1 ? 2 : 3))
    }
    let other = try read(wide(), raters: Self.raters)
    #expect(other.ratings == table.ratings && other.paths == table.paths)
    #expect(other.raters == table.raters && other.classes == table.classes)
    // Lines by rater: rows and raters come in the same order still, for the first rater rated all.
    let byRater = (0..<3).flatMap { rater in (0..<9).map { 3 * $0 + rater } }
    let turned = try read(long(byRater))
    #expect(turned.ratings == table.ratings && turned.paths == table.paths)
  }

  /// Whole numbers are sorted by size, and as texts as soon as one is no number.
  @Test func theOrderOfClasses() throws {
    func classes(_ labels: [String]) throws -> [String] {
      let lines = labels.flatMap { ["p\($0),x,\($0)", "p\($0),y,\($0)"] }
      return try read("path,rater,label\n" + lines.joined(separator: "\n") + "\n").classes
    }
    #expect(try classes(["10", "9", "-1", "2"]) == ["-1", "2", "9", "10"])
    #expect(try classes(["10", "9", "b"]) == ["10", "9", "b"])
  }

  /// Every written table has its columns, and what was read stands in it.
  @Test func whatIsWrittenComesBack() throws {
    let table = try read(long(Array(0..<27)))
    let audit = try RaterAudit(table)
    try withTemporaryFolder { folder in
      try audit.writeConsensus(to: folder + "/consensus.csv")
      var reader = try DelimitedReader(path: folder + "/consensus.csv")
      #expect(reader.columns.suffix(3) == Self.raters.map { "rater_\($0)" }[...])
      for row in 0..<9 {
        let line = try #require(try reader.next())
        let cells = Dictionary(uniqueKeysWithValues: zip(reader.columns, line.fields))
        #expect(cells["path"] == path(row) && cells["given"] == "" && cells["differs"] == "")
        #expect(cells["consensus"] == table.classes[audit.consensus[row]])
        for (rater, name) in Self.raters.enumerated() {
          #expect(cells["rater_" + name] == label(row, rater) ?? "")
        }
        let votes = (0..<3).compactMap { label(row, $0) }
        let agreeing = votes.count { $0 == table.classes[audit.consensus[row]] }
        #expect(
          Double(cells["agreement"] ?? "") == Double(agreeing) / Double(votes.count))
        #expect(cells["ratings"] == String(votes.count) && cells["method"] == "dawid-skene")
      }
      #expect(try reader.next() == nil)
      try audit.writeRaters(to: folder + "/raters.csv")
      var people = try DelimitedReader(path: folder + "/raters.csv")
      #expect(people.columns.count == 11 + 5 * 3)
      for (rater, name) in Self.raters.enumerated() {
        let fields = try #require(try people.next()).fields
        #expect(fields[0] == name && fields[1] == (rater == 2 ? "5" : "9"))
        #expect(fields[2] == fields[1])
      }
    }
  }
}
