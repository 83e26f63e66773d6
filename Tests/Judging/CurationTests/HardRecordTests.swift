import Audit
import Curation
import Files
import Foundation
import TestSupport
import Testing

/// Measures of hard examples of records that were made by hand, and the table that they come to.
@Suite struct HardRecordTests {
  private static let head = "path,epoch,step,loss,margin,correct,el2n,grad_norm,weight\n"

  private func records<R>(_ text: String, _ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: folder + "/examples.csv")
      return try body(folder + "/examples.csv")
    }
  }

  /// Two epochs of three examples, lines of examples mixed.
  private static let two =
    HardRecordTests.head + """
      a,1,1,0.9,1.5,1,0.25,2,1
      b,1,1,0.9,-1,0,0.75,4,0.5
      a,1,2,0.9,-0.5,0,0.75,1,1
      c,1,2,0.9,0,0,1,3,1
      b,2,3,0.9,2,1,0.5,1,0.25
      a,2,3,0.9,2,1,0.125,0.5,1
      c,2,4,0.9,-3,0,1.25,2,1
      a,2,4,0.9,1,0,0.5,0.5,1

      """

  /// AUM, EL2N, GraNd, forgetting and TracIn worked out on paper.
  @Test func twoEpochsByHand() throws {
    try records(Self.two) { file in
      let found = try RecordedMeasures(file, early: 1, rates: [1: 0.5, 2: 0.25])
      #expect(found.rows == 8 && found.mixedRows == 2 && found.early == 1)
      let a = try #require(found.examples["a"])
      #expect(a.aum == 1 && a.el2n == 0.5 && a.grand == 1.5)
      // Right, wrong, right, wrong: it fell twice. ½ (4 + 1) + ¼ (¼ + ¼).
      #expect(a.forgetting == 2 && a.selfInfluence == 2.625)
      let b = try #require(found.examples["b"])
      #expect(b.aum == 0.5 && b.el2n == 0.75 && b.grand == 4)
      // Wrong, then right: it never fell. ½ · 16 + ¼ · 1.
      #expect(b.forgetting == 0 && b.selfInfluence == 8.25)
      let c = try #require(found.examples["c"])
      // Never right: one more than the most of any, which is 2.
      #expect(c.aum == -1.5 && c.forgetting == 3 && c.selfInfluence == 5.5)
      let late = try RecordedMeasures(file, early: 2, rates: [2: 1])
      #expect(late.examples["a"]?.el2n == 0.40625 && late.examples["a"]?.grand == 1)
      // Rows of an epoch without a rate do not count.
      #expect(late.examples["a"]?.selfInfluence == 0.5 && late.examples["c"]?.selfInfluence == 4)
      let none = try RecordedMeasures(file, early: 0)
      #expect(none.examples["a"]?.el2n == nil && none.examples["a"]?.grand == nil)
      #expect(none.examples["a"]?.aum == 1)
    }
  }

  /// The same columns as a selection by score reads them: the same numbers.
  @Test func aSelectionReadsTheSame() throws {
    try records(Self.two) { file in
      let found = try RecordedMeasures(file, early: 1)
      for (column, epochs, value) in [
        ("aum", nil, \RecordedMeasures.Example.aum), ("forgetting", nil, \.forgetting),
        ("el2n", 1, \.el2n),
      ] as [(String, Int?, KeyPath<RecordedMeasures.Example, Double?>)] {
        let scores = try ScoreTable(file, column: column, epochs: epochs).scores
        #expect(scores == found.examples.compactMapValues { $0[keyPath: value] }, "\(column)")
      }
    }
  }

  @Test func noRowsAndOddNames() throws {
    try records(Self.head) { file in
      let found = try RecordedMeasures(file, early: 1)
      #expect(found.examples.isEmpty && found.rows == 0)
    }
    let names = ["a,b", "say \"x\"", "zwei\nZeilen", "naïve 猫", " leading", "=1+1"]
    let lines = names.map {
      "\"\($0.replacing("\"", with: "\"\""))\",1,1,0.9,2,1,0.5,1,1\n"
    }
    try records(Self.head + lines.joined()) { file in
      let found = try RecordedMeasures(file, early: 1)
      #expect(Set(found.examples.keys) == Set(names))
      #expect(found.examples.values.allSatisfy { $0.aum == 2 && $0.forgetting == 0 })
    }
  }

  @Test func mistakesHaveALine() throws {
    for (line, reason) in [
      ("a,1.5,1,0.9,1,1,0.5,1,1", "expected the number of an epoch, got '1.5'"),
      ("a,,1,0.9,1,1,0.5,1,1", "expected the number of an epoch, got ''"),
      ("a,1,1,0.9,nan,1,0.5,1,1", "expected a number, got 'nan'"),
      ("a,1,1,0.9,1,yes,0.5,1,1", "expected a number, got 'yes'"),
      ("a,1,1,0.9,1,1,inf,1,1", "expected a number, got 'inf'"),
      ("a,1,1,0.9,1,1,0.5,1e999,1", "expected a number, got '1e999'"),
      ("a,1,1,0.9,1,1,0.5,1,", "expected a number, got ''"),
    ] {
      try records(Self.head + "b,1,1,0.9,1,1,0.5,1,1\n" + line + "\n") { file in
        let error = #expect(throws: FileError.self) { try RecordedMeasures(file, early: 1) }
        #expect(
          error?.description.hasSuffix("examples.csv:3: \(reason)") == true,
          "\(line): \(error as Any)")
      }
    }
  }

  private func table(_ values: [Double?], _ measure: HardMeasure, given: [String]) -> HardTable {
    HardTable(
      paths: values.indices.map(String.init), given: given,
      columns: [.init(measure, source: "records", values: values)])
  }

  /// Ranks know only the order of values: a rising curve over them changes none, and −x under a measure whose low end is hard is
  /// x under one whose high end is. The mean hardness of every class is ½.
  @Test func ranksKnowOnlyTheOrder() {
    let values: [Double?] = [3, 1, nil, 1, -2, 0.5, 3, 3, nil, -7]
    let given = ["x", "y", "x", "x", "x", "y", "y", "x", "y", "x"]
    let plain = table(values, .el2n, given: given)
    for other in [
      table(values.map { $0.map { exp($0) } }, .vog, given: given),
      table(values.map { $0.map { -$0 } }, .aum, given: given),
    ] {
      #expect(plain.ranks == other.ranks && plain.hardness == other.hardness)
      #expect(plain.order == other.order)
    }
    for name in ["x", "y"] {
      let own = given.indices.filter { given[$0] == name }.compactMap { plain.hardness[$0] }
      #expect(close(own.reduce(0, +) / Double(own.count), 0.5, relative: 1e-12))
    }
    // Rank by counting: one more than those of the class that are harder.
    for row in values.indices {
      let harder = values[row].map { own in
        1 + values.indices.count { given[$0] == given[row] && (values[$0] ?? -.infinity) > own }
      }
      #expect(plain.ranks[0][row] == harder)
    }
    #expect(plain.order.sorted() == Array(values.indices))
    #expect(plain.order.prefix(6).allSatisfy { given[$0] == "x" })
  }

  /// What is no number is no value: it has no rank, and does not count among the examples that have the measure.
  @Test func numbersThatAreNoneDoNotCount() {
    let table = HardTable(
      paths: ["a", "b", "c", "d"], given: ["x", "x", "x", "x"],
      columns: [
        .init(.vog, source: "weights", values: [.nan, 1, .infinity, nil]),
        .init(.aum, source: "records", values: [1, nil, nil, -.infinity]),
      ])
    #expect(table.summary.measures.map(\.examples) == [2, 2])
    #expect(table.ranks == [[nil, 2, 1, nil], [2, nil, nil, 1]])
    #expect(table.hardness == [0.25, 0.25, 0.75, 0.75])
    #expect(table.summary.examples == 4)
  }

  /// Names that would break a table come back from the written one; columns stand as they were given.
  @Test func oddNamesComeBack() throws {
    let names = ["a,b", "say \"x\"", "zwei\nZeilen", "naïve 猫", "\u{feff}bom", "é"]
    let table = HardTable(
      paths: names, given: names.reversed(),
      columns: [
        .init(.pvi, source: "probabilities", values: [1, 2, nil, -0.5, 1e-300, 0.1]),
        .init(.tracin, source: "records", values: [nil, 1, 2, 3, 4, 5]),
      ])
    try withTemporaryFolder { folder in
      try table.write(to: folder + "/hard.csv")
      var reader = try DelimitedReader(path: folder + "/hard.csv")
      #expect(
        reader.columns
          == ["path", "given", "hardness", "pvi", "pvi_rank", "tracin", "tracin_rank"])
      for row in table.order {
        let fields = try #require(try reader.next()).fields
        #expect(fields[0] == names[row] && fields[1] == names[names.count - 1 - row])
        #expect(Double(fields[2]) == table.hardness[row])
        for column in 0..<2 {
          #expect(Double(fields[3 + 2 * column]) == table.columns[column].values[row])
          #expect(Int(fields[4 + 2 * column]) == table.ranks[column][row])
        }
      }
      #expect(try reader.next() == nil)
    }
    let summary = try JSONFile.decode(
      HardSummary.self, from: Array(JSONFile.encode(table.summary)), name: "hard")
    #expect(summary == table.summary)
  }

  /// One bit for each halving of the share: certain of a class of 1/4, 2 bits; less certain than the share, below 0.
  @Test func informationByHand() {
    let bits = PointwiseInformation.bits(
      selfConfidence: [1, 1, 0.5, 0.125, 0], given: [0, 1, 1, 1, 1], counts: [1, 3])
    #expect(close(bits[0], 2, relative: 1e-12))
    #expect(close(bits[1], log2(4.0 / 3), relative: 1e-12))
    #expect(close(bits[2], log2(2.0 / 3), relative: 1e-12))
    #expect(close(bits[3], log2(1.0 / 6), relative: 1e-12) && bits[4] < -1021)
  }
}
