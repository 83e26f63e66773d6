import Datasets
import Files
import TestSupport
import Testing

@Suite struct FeatureTableTests {
  private func message(
    _ text: String, _ columns: ColumnNames = ColumnNames(), labels: LabelPolicy = .required
  ) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      return Fixture.message(folder, "t.csv", labels: labels, columns: columns, input: .features)
    }
  }

  private func opened(
    _ text: String, _ columns: ColumnNames = ColumnNames(), input: InputKind? = .features
  ) throws -> Dataset {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      return try Dataset.open("\(folder)/t.csv", columns: columns, input: input)
    }
  }

  @Test func numberedColumnsAreFoundAndOthersLeftAlone() throws {
    let golden = try RowGolden.load()
    let data = try Dataset.open(Golden.path("Datasets/Rows/table.csv"))
    let rows = try #require(data.rows)
    #expect((0..<6).flatMap { rows.values($0) } == golden.features["float64"])
    #expect(rows.names == (0..<5).map { "feature_\($0)" })
    #expect(data.examples.map(\.path) == golden.ids)
    #expect(data.examples.map(\.label) == golden.labels)
    #expect(data.examples.map(\.split?.rawValue) == golden.splits)
    #expect(data.examples[2].attributes == ["age": "32"])
    #expect(data.examples[2].line == 4)
    #expect(
      data.reading.tables.map(\.usedText)
        == ["path as path, label as label, split as split, 5 columns as features; no group"])
    #expect(data.reading.tables[0].leftAlone == ["age"])
    #expect(data.reading.notes.map(\.description) == ["read as features: its header has feature_0"])
  }

  @Test func everyColumnWithoutARoleIsAFeatureWhereAskedFor() throws {
    let data = try opened("id;a;label;b;group\nr1;1.5;x;-2e-3;g\nr2; 3 ;y;4;g\n")
    let rows = try #require(data.rows)
    #expect(rows.names == ["a", "b"])
    #expect(Array(rows.values(0)) == [1.5, -0.002] && Array(rows.values(1)) == [3, 4])
    #expect(data.examples.map(\.path) == ["r1", "r2"])
    #expect(data.examples.map(\.group) == ["g", "g"])
    #expect(data.reading.tables[0].leftAlone.isEmpty)
    // Without a column of names, rows have numbers; a column without a name is no feature.
    let plain = try opened(",a,label\n0,1,x\n1,2,y\n")
    #expect(plain.examples.map(\.path) == ["t.csv#0", "t.csv#1"])
    #expect(plain.rows?.width == 1)
    #expect(plain.reading.tables[0].leftAloneText == "column 1 (no name)")
  }

  @Test func aSecondColumnOfLabelsIsAFeatureAndSaid() throws {
    let data = try opened("a,class_id,grade,label\n1,0,7,x\n2,1,8,y\n")
    #expect(data.rows?.names == ["a", "class_id", "grade"])
    #expect(data.rows.map { Array($0.values(1)) } == [2, 1, 8])
    #expect(data.examples[0].attributes.isEmpty)
    #expect(
      data.reading.warnings.contains(.labelNameAsFeature(column: "class_id"))
        && data.reading.tables[0].leftAlone.isEmpty)
    #expect(
      try message("a,class_id,label\n1,p,x\n2,q,y\n")
        == "DIR/t.csv:1: the column 'class_id' is no column of numbers (it holds 'p'); leave it out, or name"
        + " it as the path, label, group or split")
  }

  @Test func whatIsNoNumberIsNamedByColumnOrByCell() throws {
    #expect(
      try message(
        "a,sex,b,label\n1,m,2,x\n2,f,?,y\n1,m,nan,x\n2,f,,y\n5,f,1e40,y\n9,f,ten,x\n7,m,1,x\n8,m,1,x\n9,m,1,x\n6,m,1,x\n6,m,2,y\n"
      ) == """
        DIR/t.csv:1: the column 'sex' is no column of numbers (it holds 'm'); leave it out, or name it as the \
        path, label, group or split
        DIR/t.csv:3: the value of 'b' is missing ('?'); fill it in, or leave the row or the column out
        DIR/t.csv:4: the value of 'b' is nan, expected a finite number; fill it in, or leave the row or the \
        column out
        DIR/t.csv:5: the value of 'b' is missing; fill it in, or leave the row or the column out
        DIR/t.csv:6: the value of 'b' is 1e40, too large for a 32-bit number; give the column another unit
        DIR/t.csv:7: the value of 'b' is 'ten', expected a number; correct it, or leave the row out
        """)
    // Of very many, the first and their number.
    let rows = (0..<60).map { "\($0 % 2 == 0 ? "?" : "1"),x\n" }.joined()
    #expect(try message("a,label\n" + rows).hasSuffix("… and 10 more (30 problems in all)"))
  }

  @Test(arguments: [
    ("a,label\n", "DIR/t.csv: is empty, expected at least one row of numbers"),
    ("", "DIR/t.csv: is empty, expected a header line"),
    (
      "path,label\nr,x\n",
      "DIR/t.csv: is not read as features; expected a column of numbers besides path, label, group and split"
    ),
    (
      "a,b,label\n1,2,x\n1,y\n",
      "DIR/t.csv:3: 2 fields, but the header has 3 columns (a, b, label); quote a field that holds the separator"
    ),
    (
      "id,a,label\nr,1,x\nr,2,y\n,3,y\n",
      "DIR/t.csv:3: the row 'r' is listed already in line 2; give each row a name of its own\n"
        + "DIR/t.csv:4: the path is empty"
    ),
    (
      "a,label\n1,x\n2,\n",
      "DIR/t.csv:3: the label is empty; give it a class or remove the row"
    ),
    (
      "a, a,label\n1,2,x\n",
      "DIR/t.csv:1: without the blanks around names two columns are called 'a'; rename one"
    ),
    (
      "a,b\n1,2\n",
      "DIR/t.csv: has no labels; expected a column with the class in the table itself, called label or target or"
        + " as is said; or in a table of labels that is named"
    ),
  ])
  func tablesThatDoNotDo(text: String, words: String) throws {
    #expect(try message(text) == words)
  }

  @Test func emptyRowsArePassedOverAndRowsCutShortAreNot() throws {
    let data = try opened("a,b,label\n1,2,x\n,,\n3,4,y\n")
    #expect(data.examples.count == 2 && data.reading.notes == [.emptyRows(1)])
    #expect(data.rows.map { Array($0.values(1)) } == [3, 4])
    #expect(try message("a,b,label\n1,2,x\n3,4").hasPrefix("DIR/t.csv:3: 2 fields"))
    #expect(try message("a,b\n1,2\n", labels: .optional) == "no error: 1 examples")
  }

  @Test func aColumnThatIsNotThereIsNamedWithoutTenThousandOthers() throws {
    let names = (0..<12_000).map { "gene\($0)" }
    let row = [String](repeating: "0.5", count: 12_000).joined(separator: ",")
    let text = names.joined(separator: ",") + ",label\n\(row),x\n\(row),y\n"
    #expect(try opened(text).rows?.width == 12_000)
    let words = try message(text, ColumnNames(label: "sort"))
    #expect(words.hasSuffix("gene38, gene39, … (12001 columns)") && words.count < 600)
    #expect(try message(names.joined(separator: ",") + "\n1,2\n").count < 600)
  }

  /// Features made elsewhere as a table, their labels in another one: joined by id, in the order of the features.
  @Test func labelsOfAnotherTableAreJoinedById() throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/f.csv", "id,label,e0,e1\nr1,old,1,2\nr2,old,3,4\nr3,old,5,6\n")
      try Fixture.file("\(folder)/bare.csv", "id,e0,e1\nr1,1,2\nr2,3,4\nr3,5,6\n")
      try Fixture.file(
        "\(folder)/u.csv", "id,finding,patient_id,split,site\nr3,z,1,test,a\nr1,w,2,train,b\n")
      for name in ["f.csv", "bare.csv"] {
        let data = try Dataset.open(
          "\(folder)/\(name)", columns: ColumnNames(label: "finding"), input: .features,
          rowLabels: "\(folder)/u.csv")
        #expect(data.examples.map(\.path) == ["r1", "r3"])
        #expect(data.examples.map(\.label) == ["w", "z"])
        #expect(data.examples.map(\.group) == ["2", "1"])
        #expect(data.examples.map(\.split) == [.train, .test])
        #expect(data.examples.map { $0.attributes["site"] } == ["b", "a"])
        #expect(data.examples.map(\.source) == [.row(0), .row(2)])
        #expect(data.rows.map { Array($0.values(2)) } == [5, 6])
        #expect(data.reading.notes.contains(.rowsNotListed(1, first: "r2")))
      }
      let absent = DatasetError.file(.missing(path: "\(folder)/v.csv"))
      #expect(throws: absent) {
        try Dataset.open(
          "\(folder)/f.csv", input: .features, rowLabels: "\(folder)/v.csv")
      }
      try Fixture.file("\(folder)/other.csv", "id,label\ns1,x\ns2,y\ns3,x\n")
      #expect(
        throws: DatasetError.otherRowNames(
          path: "\(folder)/other.csv", column: "id", name: "s1", features: "\(folder)/bare.csv",
          rows: 3, first: "r1")
      ) {
        try Dataset.open(
          "\(folder)/bare.csv", input: .features, rowLabels: "\(folder)/other.csv")
      }
    }
  }

  @Test func labelsMayStandInAColumnEach() throws {
    let columns = ColumnNames(labelColumns: ["p", "q"])
    let data = try opened("a,p,q\n5,1,0\n6,0,1\n", columns)
    #expect(data.examples.map(\.label) == ["p", "q"] && data.rows?.names == ["a"])
    #expect(
      try message("a,p,q\n5,1,1\n", columns)
        == "DIR/t.csv:2: several columns say a class (p, q), and an image"
        + " has one class here; leave one 1 in the row, remove the row, or train with --task labels, where an"
        + " image may have several or none")
  }

  @Test(.enabled(if: RealData.has("wine-quality"), "\(RealData.absent)"))
  func wineAsPublished() throws {
    let columns = ColumnNames(label: "quality")
    let red = try Dataset.open(
      RealData.path("wine-quality/winequality-red.csv"), columns: columns, input: .features)
    #expect(red.rows?.width == 11 && red.rows?.names.first == "fixedacidity")
    var counts: [String: Int] = [:]
    for example in red.examples { counts[example.label ?? "", default: 0] += 1 }
    #expect(counts == ["3": 10, "4": 53, "5": 681, "6": 638, "7": 199, "8": 18])
    #expect(
      red.rows.map { Array($0.values(0)) } == [
        7.4, 0.7, 0, 1.9, 0.076, 11, 34, 0.9978, 3.51, 0.56, 9.4,
      ])
    // Equal rows, as its README says.
    let report = LeakageReport(red, Survey(red, threads: 2))
    #expect(!report.duplicates.isEmpty && report.duplicates.allSatisfy { $0.kind == .values })
  }
}
