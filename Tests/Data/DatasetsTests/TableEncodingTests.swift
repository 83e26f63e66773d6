import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite struct TableEncodingTests {
  /// Four training rows, one of validation, one of test.
  private static let table = """
    id,age,sex,dose,label,split
    a,61,f,1,x,train
    b,,m,2,y,train
    c,70,f,4,x,train
    d,33,,8,y,train
    e,52,m,16,x,val
    f,48,f,32,y,test

    """

  private func opened(
    _ text: String = Self.table, _ categories: [String] = []
  ) throws -> Dataset {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", text)
      return try Dataset.open(
        "\(folder)/t.csv", columns: ColumnNames(categories: categories, takesCells: true),
        input: .features)
    }
  }

  private func fitted(
    _ data: Dataset, _ settings: ColumnSettings = ColumnSettings(least: 1)
  ) throws -> TableEncoding {
    try #require(try data.fittedEncoding(settings))
  }

  private func values(_ data: Dataset) throws -> [[Float]] {
    let rows = try #require(data.rows)
    return (0..<rows.count).map { Array(rows.values($0)) }
  }

  /// scikit-learn's median with an indicator and one-hot with rare levels as one, on every row of every part.
  @Test func numbersAndCategoriesAreThoseOfScikitLearn() throws {
    let golden = try ColumnGolden.load()
    let data = try ColumnGolden.table()
    let encoding = try fitted(data, golden.settings)
    #expect(encoding.names == golden.names)
    #expect(encoding.categories == ["sex", "site", "grade"] && !encoding.isPlain)
    let encoded = try data.encoded(by: encoding)
    #expect(encoded.rows?.names == golden.names)
    let found = try values(encoded)
    try #require(found.count == golden.rows.count)
    for (row, (mine, theirs)) in zip(found, golden.rows).enumerated() {
      #expect(difference(mine, theirs, relative: 1e-6, absolute: 1e-12) == nil, "row \(row)")
    }
    for column in encoding.columns {
      guard case .number(let median?, _) = column.kind else { continue }
      #expect(close(median, try #require(golden.medians[column.name]), relative: 1e-6))
    }
    // What is unlike the training part is counted and said.
    let notes = encoded.reading.notes
    #expect(
      notes.contains(.unseenLevels(column: "site", levels: ["knee"], rows: golden.unseenSites)))
    #expect(
      notes.contains(.unseenLevels(column: "grade", levels: ["9"], rows: golden.unseenGrades)))
    #expect(notes.contains(.imputed(column: "dose", rows: golden.lateDoses, median: 190)))
  }

  @Test func anotherTableMayHaveItsColumnsInAnotherOrder() throws {
    let golden = try ColumnGolden.load()
    let encoding = try fitted(try ColumnGolden.table(), golden.settings)
    let later = try Dataset.unlabelled(
      [Golden.path("Datasets/Columns/later.csv")],
      columns: ColumnNames(categories: encoding.categories, takesCells: true), input: .features
    ).encoded(by: encoding)
    let found = try values(later)
    try #require(found.count == golden.later.count)
    for (mine, theirs) in zip(found, golden.later) {
      #expect(difference(mine, theirs, relative: 1e-6, absolute: 1e-12) == nil)
    }
    #expect(later.reading.notes.contains(.columnsNotOfModel(["height"])))
    // The same rows are the same: what a run has learned from is found under any order of the columns.
    let first = try opened()
    let turned = try opened(
      "split,dose,label,sex,age,id\ntrain,1,x,f,61,a\ntrain,2,y,m,,b\ntrain,4,x,f,70,c\n")
    let plain = try fitted(first)
    let (one, two) = (
      try #require(try first.encoded(by: plain).rows),
      try #require(try turned.encoded(by: plain).rows)
    )
    for row in 0..<3 {
      #expect(Array(one.values(row)) == Array(two.values(row)))
      #expect(one.digest(row) == two.digest(row))
    }
    #expect(one.digest(0) == first.rows?.digest(0) && one.digest(0) != one.digest(2))
  }

  @Test func whatWasFittedIsSaid() throws {
    let golden = try ColumnGolden.load()
    let data = try ColumnGolden.table()
    let (notes, warnings) = data.statements(of: try fitted(data, golden.settings))
    #expect(
      notes.first == .columnKinds(numbers: 3, categories: 3, withMissing: 2, leftOut: 3))
    #expect(
      notes.contains(
        .categories(
          column: "site", levels: ["foot", "hand", "head"], joined: 2, hasMissing: false)))
    #expect(
      notes.contains(
        .categories(column: "sex", levels: ["f", "m"], joined: 0, hasMissing: true)))
    #expect(
      warnings == [
        .columnLeftOut(column: "empty", .empty),
        .columnLeftOut(column: "note", .nearlyUnique(levels: 101, rows: 101)),
        .columnLeftOut(column: "clinic", .constant("north")),
      ])
    #expect(
      warnings.map(\.description) == [
        "the column 'empty' is left out: no training row has a cell that is not missing",
        "the column 'note' is left out: 101 different entries in 101 training rows are ids or free text",
        "the column 'clinic' is left out: all training rows have 'north'",
      ])
    let few = try opened()
    let words = few.statements(of: try fitted(few)).notes.map(\.description)
    #expect(
      words == [
        "columns: 2 of numbers, 1 of categories, 2 of them with missing cells; 0 left out",
        "1 cell of the training part is missing in 'age': the median of the column stands there, and an indicator"
          + " beside it",
        "'sex' is read as categories: 'f', 'm', missing",
      ])
    // Of numbers alone nothing is said that was not said before.
    let plain = try opened("id,age,label\na,1,x\nb,2,y\n")
    let encoding = try fitted(plain)
    #expect(encoding.isPlain && plain.statements(of: encoding).notes.isEmpty)
  }

  /// By hand: the median of 33, 61 and 70; missing is a level of its own.
  @Test func aSmallTableByHand() throws {
    let data = try opened()
    let encoding = try fitted(data)
    #expect(
      encoding.names
        == ["age", "age: missing", "sex = f", "sex = m", "sex: missing", "dose"])
    #expect(
      try values(data.encoded(by: encoding)) == [
        [61, 0, 1, 0, 0, 1], [61, 1, 0, 1, 0, 2], [70, 0, 1, 0, 0, 4], [33, 0, 0, 0, 1, 8],
        [52, 0, 0, 1, 0, 16], [48, 0, 1, 0, 0, 32],
      ])
    // A missing cell that training knows is a level; one that it does not know is none, and the median of an even number.
    let late = try opened(
      "id,age,sex,label,split\na,1,f,x,train\nb,4,m,y,train\nc,2,f,x,train\nd,7,m,y,train\ne,,,x,test\n"
    )
    let other = try fitted(late)
    #expect(other.names == ["age", "sex = f", "sex = m"])
    let found = try late.encoded(by: other)
    #expect(try values(found)[4] == [3, 0, 0])
    #expect(
      found.reading.notes.suffix(2).map(\.description) == [
        "'age': 1 row has no number, where the training part has all; the median of training, 3.0, stands there",
        "'sex': 1 row has what no training row has (missing), so that no category is theirs",
      ])
  }

  /// A missing number stays one for a method that splits at it, without an indicator; categories are one-hot.
  @Test func aMissingNumberMayStayMissing() throws {
    let data = try opened()
    let encoding = try fitted(data, ColumnSettings(least: 1, keepsMissing: true))
    #expect(encoding.names == ["age", "sex = f", "sex = m", "sex: missing", "dose"])
    let encoded = try data.encoded(by: encoding)
    let found = try values(encoded)
    #expect(found[1][0].isNaN && found[1].dropFirst() == [0, 1, 0, 2])
    #expect(found.flatMap(\.self).count { $0.isNaN } == 1)
    #expect(
      data.statements(of: encoding).notes.map(\.description).contains(
        "1 cell of the training part is missing in 'age': they stay missing, for the method splits at them"
      ))
    let read = try JSONFile.decode(
      TableEncoding.self, from: JSONFile.encode(encoding), name: "columns")
    #expect(read == encoding && read.problem == nil)
  }

  /// Cells outside the training part are changed: nothing that was fitted changes, and no number of a training row.
  @Test func noCellOutsideTrainingChangesWhatWasFitted() throws {
    let first = try opened()
    let second = try opened(
      Self.table.replacingOccurrences(of: "e,52,m,16", with: "e,?,unknown,-7")
        .replacingOccurrences(of: "f,48,f,32", with: "f,1e6,1,"))
    let (one, two) = (try fitted(first), try fitted(second))
    #expect(try JSONFile.encode(one) == JSONFile.encode(two) && one.digest == two.digest)
    let rows = try #require(try first.encoded(by: one).rows)
    let changed = try #require(try second.encoded(by: two).rows)
    for row in 0..<4 { #expect(rows.bytes(row) == changed.bytes(row)) }
    for row in 4..<6 { #expect(rows.bytes(row) != changed.bytes(row)) }
    // The direction: a training cell changes it.
    for change in [("c,70", "c,71"), ("a,61,f", "a,61,m"), ("a,61", "a,"), ("d,33,,8", "d,33,k,8")]
    {
      let third = try fitted(
        try opened(Self.table.replacingOccurrences(of: change.0, with: change.1)))
      // The median of three numbers does not see the largest.
      #expect((third == one) == (change.0 == "c,70" || change.0 == "a,61,f"), "\(change)")
    }
  }

  @Test func whatIsRareIsJoined() throws {
    let cells = ["p", "p", "p", "q", "r", "p", "q", ""]
    let text = "id,kind,age,label\n" + cells.enumerated().map { "r\($0),\($1),\($0),x\n" }.joined()
    let data = try opened(text)
    #expect(
      try fitted(data, ColumnSettings(least: 3)).names
        == ["kind = p", "kind: other", "kind: missing", "age"])
    #expect(
      try values(data.encoded(by: fitted(data, ColumnSettings(least: 3)))).map { $0.prefix(3) }
        == [
          [1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1],
        ])
    #expect(
      try fitted(data, ColumnSettings(least: 1)).names
        == ["kind = p", "kind = q", "kind = r", "kind: missing", "age"])
    // Where none is common enough and nothing is missing there is nothing to tell apart.
    let full = try opened(text.replacingOccurrences(of: "r7,,", with: "r7,q,"))
    let (notes, warnings) = full.statements(of: try fitted(full, ColumnSettings(least: 9)))
    #expect(warnings == [.columnLeftOut(column: "kind", .rare(least: 9))] && !notes.isEmpty)
    #expect(
      warnings.map(\.description)
        == ["the column 'kind' is left out: no entry stands in 9 training rows"])
  }

  @Test func theLimitsOfWhatIsFound() throws {
    func kind(_ cells: [String], named: Bool = false) throws -> EncodedColumn.Kind {
      let text =
        "id,kind,age,label\n" + cells.enumerated().map { "r\($0),\($1),\($0),x\n" }.joined()
      let categories = named ? ["kind"] : []
      let data = try opened(text, categories)
      return try fitted(data, ColumnSettings(categories: categories, least: 1)).columns[0].kind
    }
    // From 11 entries on half of the rows may have one of their own, and 50 entries there may be.
    #expect(
      try kind(["a", "b", "c", "b"])
        == .categories(levels: ["a", "b", "c"], others: [], hasMissing: false))
    let eleven = (0..<11).map { "k\($0)" }
    #expect(try kind(eleven) == .leftOut(.nearlyUnique(levels: 11, rows: 11)))
    guard case .categories = try kind(eleven + eleven) else {
      Issue.record("11 entries that stand twice are categories")
      return
    }
    let many = (0..<51).map { "k\($0)" }
    #expect(
      try kind(many + many + many) == .leftOut(.nearlyUnique(levels: 51, rows: 153)))
    guard case .categories(let levels, _, _) = try kind(many + many, named: true) else {
      Issue.record("a column that is named is one of categories")
      return
    }
    #expect(levels.count == 51)
    // Words among numbers are half of the cells, or the column is one of numbers.
    #expect(
      try kind(["1", "1", "a", "a"])
        == .categories(levels: ["1", "a"], others: [], hasMissing: false))
    #expect(
      try kind(["1", "1", "2", "2"]) == .number(median: 1.5, hasIndicator: false))
    #expect(
      try kind(["1", "1", "2", "2"], named: true)
        == .categories(levels: ["1", "2"], others: [], hasMissing: false))
    // In the order of their bytes; `none` is an answer.
    #expect(
      try kind(["none", "é", "Z", "none", "é", "Z", "NA", "null"])
        == .categories(levels: ["Z", "none", "é"], others: [], hasMissing: true))
    let texts = (0..<1001).map { "k\($0)" }
    #expect(
      throws: EncodingError.tooManyLevels(column: "kind", levels: 1001, most: 1000)
    ) { try kind(texts, named: true) }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let encoding = try fitted(try opened())
    #expect(throws: EncodingError.missingColumn("sex", found: ["dose", "age"])) {
      try opened("id,dose,age,label\na,1,2,x\n").encoded(by: encoding)
    }
    #expect(
      EncodingError.missingColumn("sex", found: ["age", "dose"]).description
        == "no column 'sex', which the model was trained on; found: age, dose; give it a table with the columns of its"
        + " training")
    #expect(throws: EncodingError.missingColumn("age", found: ["feature_0"])) {
      var rows = try opened()
      rows.rows = RowStore(features: [0, 1, 2, 3, 4, 5], width: 1)
      _ = try rows.encoded(by: encoding)
    }
    // A word in a column of numbers, in any part, with the line; all of them together.
    let wrong = try opened(
      Self.table.replacingOccurrences(of: "e,52", with: "e,old")
        .replacingOccurrences(of: "f,48,f,32", with: "f,48,f,many"))
    let error = #expect(throws: EncodingError.self) {
      try wrong.encoded(by: fitted(wrong))
    }
    let words = error?.description ?? ""
    #expect(
      words.contains(
        "t.csv:6: the value of 'age' is 'old', and most training cells of the column are numbers; correct it, leave the"
          + " row out, or train with the column as one of categories")
        && words.contains("t.csv:7: the value of 'dose' is 'many'"),
      "\(words)")
    let nothing = try opened("id,note,label\na,one,x\nb,two,y\n")
    let rare = EncodedColumn(name: "note", kind: .leftOut(.rare(least: 5)))
    #expect(throws: EncodingError.nothingLeft([rare])) {
      try nothing.fittedEncoding(ColumnSettings())
    }
    #expect(
      EncodingError.nothingLeft([rare]).description
        == "no column says anything of the training rows: 'note' is left out: no entry stands in 5 training rows; give the table"
        + " a column of numbers or of categories")
    #expect(
      try whyNothingIsLeft("id,side,code,gap,label\na,l,p,,x\nb,l,q,NA,y\nc,l,r,,x\n") == [
        "'side' is left out: all training rows have 'l'",
        "'code' is left out: no entry stands in 5 training rows",
        "'gap' is left out: no training row has a cell that is not missing",
      ])
    let many = (0..<11).map { EncodedColumn(name: "c\($0)", kind: .leftOut(.empty)) }
    #expect(
      EncodingError.nothingLeft(many).description.contains(
        "'c7' is left out: no training row has a cell that is not missing; and 3 more; give the table"
      ))
    #expect(
      EncodingError.tooManyLevels(column: "code", levels: 1200, most: 1000).description
        == "the column 'code' is to be categories and has 1200 of them in the training part, at most 1000 are taken; join"
        + " some, or leave the column out")
  }

  /// The reason of each column of a table that has none to learn from.
  private func whyNothingIsLeft(_ table: String) throws -> [String] {
    let data = try opened(table)
    do throws(EncodingError) {
      _ = try data.fittedEncoding(ColumnSettings())
      return []
    } catch {
      let parts = error.description.components(separatedBy: "; ").dropLast()
      return parts.map {
        $0.replacingOccurrences(of: "no column says anything of the training rows: ", with: "")
      }
    }
  }

  @Test func damagedFilesAreRefused() throws {
    let encoding = try fitted(try opened())
    let json = String(decoding: try JSONFile.encode(encoding), as: UTF8.self)
    func problem(_ old: String, _ new: String) throws -> String? {
      try #require(json.contains(old), "\(json)")
      return try JSONFile.decode(
        TableEncoding.self, from: Array(json.replacingOccurrences(of: old, with: new).utf8),
        name: "columns"
      ).problem
    }
    #expect(encoding.problem == nil)
    #expect(
      try problem("\"age\"", "\"dose\"")
        == #"expected columns of different names, got ["dose", "sex", "dose"]"#)
    #expect(try problem("\"m\"", "\"f\"") == #"sex: expected levels that differ, got ["f", "f"]"#)
    #expect(try problem(": 61", ": 1e300") == "age: expected a finite median, got 1e+300")
    #expect(throws: FileError.self) { try problem("\"number\"", "\"count\"") }
  }
}
