import Datasets
import TestSupport
import Testing

/// What of a table of features is a column of numbers, of categories or neither, while it is read.
@Suite struct ColumnReadingTests {
  private func opened(_ text: String, _ columns: ColumnNames) throws -> Dataset {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      return try Dataset.open("\(folder)/t.csv", columns: columns, input: .features)
    }
  }

  private func names(_ text: String, least: Int = 1) throws -> [String] {
    try opened(text, ColumnNames(takesCells: true))
      .fittedEncoding(ColumnSettings(least: least))?.names ?? []
  }

  private func message(
    _ text: String, _ columns: ColumnNames, input: InputKind? = .features
  ) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      return Fixture.message(folder, "t.csv", columns: columns, input: input)
    }
  }

  @Test(arguments: ["", " ", "NA", "na", "N/A", "NaN", "nan", "null", "None", "?", "-", "."])
  func marksOfAMissingNumber(mark: String) throws {
    #expect(
      try names("id,age,label\na,1,x\nb,\(mark),y\nc,2,y\n") == ["age", "age: missing"])
  }

  @Test func columnsKeepTheOrderOfTheTable() throws {
    // A second column of labels comes last, as it always did.
    #expect(
      try names("id,b,level,sex,a,label\na,1,3,f,,x\nb,,4,m,2,y\nc,3,5,f,4,x\nd,2,6,m,5,y\n")
        == ["b", "b: missing", "sex = f", "sex = m", "a", "a: missing", "level"])
    #expect(
      try names("id,b,level,label\na,1,low,x\nb,2,high,y\nc,3,low,x\nd,2,high,y\n")
        == ["b", "level = high", "level = low"])
    // It stands there too where a model says that it is one of categories, so that rows have the digests of its run.
    let table = "id,b,level,label\na,1,low,x\nb,2,high,y\nc,3,low,x\nd,2,high,y\n"
    let (found, named) = (
      try #require(try opened(table, ColumnNames(takesCells: true)).rows),
      try #require(try opened(table, ColumnNames(categories: ["level"], takesCells: true)).rows)
    )
    #expect(found.columns?.names == ["b", "level"] && named.columns?.names == ["b", "level"])
    #expect((0..<4).allSatisfy { found.digest($0) == named.digest($0) })
    let data = try opened(
      "id,sex,age,label\na,f,,x\nb,m,2,y\n", ColumnNames(takesCells: true))
    #expect(
      data.reading.tables.map(\.usedText)
        == ["id as path, label as label, 2 columns as features; no group, no split"])
    #expect(data.reading.tables[0].leftAlone.isEmpty && data.rows?.width == 0)
    #expect(data.rows?.columns?.names == ["sex", "age"])
  }

  @Test func rowsWithoutAnEntryArePassedOver() throws {
    let data = try opened(
      "age,sex,label\n1,f,x\n,,\n,,y\n", ColumnNames(takesCells: true))
    #expect(data.examples.count == 2 && data.reading.notes.contains(.emptyRows(1)))
  }

  @Test func whatNoNumberCanBeIsStillAMistake() throws {
    let columns = ColumnNames(takesCells: true)
    #expect(
      try message("id,age,label\na,1,x\nb,inf,y\nc,1e40,y\n", columns) == """
        DIR/t.csv:3: the value of 'age' is inf, expected a finite number; fill it in, or leave the row or the column out
        DIR/t.csv:4: the value of 'age' is 1e40, too large for a 32-bit number; give the column another unit
        """)
    // A network leaves no number out.
    #expect(
      try message("id,feature_0,label\na,1,x\nb,,y\n", columns)
        == "DIR/t.csv:3: the value of 'feature_0' is missing; fill it in, or leave the row or the column out"
    )
    // Who makes no numbers of cells gets none.
    #expect(
      try message("id,age,label\na,1,x\nb,,y\n", ColumnNames()).contains("is missing; fill it in"))
  }

  @Test func categoriesStandBesideFeaturesOfANetwork() throws {
    let data = try opened(
      "id,feature_0,sex,label\na,1,f,x\nb,2,m,y\n",
      ColumnNames(categories: ["sex"], takesCells: true))
    let encoding = try #require(
      try data.fittedEncoding(ColumnSettings(categories: ["sex"], least: 1)))
    let rows = try #require(try data.encoded(by: encoding).rows)
    #expect(rows.names == ["feature_0", "sex = f", "sex = m"])
    #expect(Array(rows.values(1)) == [2, 0, 1])
    // Without columns there is nothing to encode.
    let plain = try opened("id,feature_0,label\na,1,x\nb,2,y\n", ColumnNames(takesCells: true))
    #expect(try plain.fittedEncoding(ColumnSettings()) == nil && plain.rows?.width == 1)
  }

  @Test func wordsOfASplitAndGroupsAreSaid() throws {
    let rows = (0..<12).map { "r\($0),\($0),\($0 < 6 ? "train" : "test"),p\($0 / 3),x\n" }.joined()
    let data = try opened("id,age,cohort,ward_code,label\n" + rows, ColumnNames(takesCells: true))
    #expect(data.rows?.columns?.names == ["age", "ward_code"])
    #expect(data.reading.tables[0].leftAlone == ["cohort"])
    #expect(
      data.reading.warnings.contains(
        .holdsSplitWords(column: "cohort", words: ["test", "train"])))
    let warning = ReadingWarning.categoriesLikeGroup(column: "ward_code", values: 4, rows: 12)
    #expect(data.reading.warnings.contains(warning) && !warning.isAboutColumns)
    #expect(
      warning.description
        == "the column 'ward_code' repeats like a group (4 values in 12 rows) and is read as a feature: rows of one value"
        + " can come into different splits")
  }

  @Test func columnsThatAreNotThereOrMeanSomethingElseAreRefused() throws {
    func names(_ categories: [String], texts: [String] = []) -> ColumnNames {
      ColumnNames(texts: texts, categories: categories, takesCells: true)
    }
    let table = "id,age,sex,label\na,1,f,x\nb,2,m,y\n"
    #expect(
      try message(table, names(["sax"]))
        == "DIR/t.csv:1: no column 'sax' for the category; did you mean 'sex'? found: id, age, sex, label"
    )
    #expect(
      try message(table, names(["sex"], texts: ["Sex"]))
        == "DIR/t.csv:1: the column 'sex' is asked for as text and as category; name another for one of them"
    )
    #expect(
      try message(table, names(["sex", "Sex"]))
        == "DIR/t.csv:1: the column 'sex' is asked for as category and as category; name another for one of them"
    )
    #expect(
      try message("path,sex,label\na.png,f,x\n", names(["sex"]), input: nil)
        == "DIR/t.csv: columns of categories (sex) are read in tables of features (.csv, .tsv), and this is read as"
        + " something else; name such a table as features, or leave the columns of categories out")
  }

  /// Two patients with the same few categories are two; rows without names, and rows of numbers alone, go by what they hold.
  @Test func equalRowsOfCategoriesAreOneOnlyWithOneName() throws {
    func equal(_ text: String, _ columns: ColumnNames = ColumnNames(takesCells: true)) throws
      -> [[Int]]
    {
      Survey(try opened(text, columns), threads: 1).equalImages
    }
    #expect(try equal("id,sex,age,label\na,f,60,x\nb,f,60,y\nc,m,60,y\n").isEmpty)
    #expect(try equal("sex,age,label\nf,60,x\nf,60,y\nm,60,y\n") == [[0, 1]])
    #expect(try equal("id,sex,age,label\na,1,60,x\nb,1,60,y\nc,2,60,y\n") == [[0, 1]])
  }
}
