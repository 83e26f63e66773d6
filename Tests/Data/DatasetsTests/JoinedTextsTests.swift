import Datasets
import Files
import Foundation
import TestSupport
import Testing

/// Texts of another table, joined to rows of features.
@Suite struct JoinedTextsTests {
  private static let features = "id,feature_0,label\na,1,x\nb,2,y\nc,3,x\n"

  private func opened(
    _ reports: String, of features: String = Self.features, columns: ColumnNames? = nil,
    labels: LabelPolicy = .required, rowLabels: String? = nil, in folder: String
  ) throws -> Dataset {
    try Fixture.file("\(folder)/f.csv", features)
    try Fixture.file("\(folder)/r.csv", reports)
    return try Dataset.open(
      "\(folder)/f.csv", labels: labels, columns: columns ?? ColumnNames(texts: ["report"]),
      input: .features, rowLabels: rowLabels, textTable: "\(folder)/r.csv")
  }

  /// What is wrong, with the folder's own name taken out.
  private func message(
    _ reports: String, of features: String = Self.features, columns: ColumnNames? = nil
  ) throws -> String {
    try withTemporaryFolder { folder in
      do {
        let data = try opened(reports, of: features, columns: columns, in: folder)
        return "no error: \(data.examples.count)"
      } catch let error as DatasetError {
        return error.description.replacingOccurrences(of: folder, with: "DIR")
      }
    }
  }

  private func texts(_ data: Dataset, _ name: String = "report") throws -> [String] {
    try #require(data.rows?.texts?.column(name))
  }

  /// By hand: c and a are joined by name, b is not there, and a row of another patient is passed over.
  @Test func theJoinByHand() throws {
    try withTemporaryFolder { folder in
      let data = try opened(
        "path,age,report\nc,1,\"Third, with\na line\"\nother,2,none\na,3, First \n", in: folder)
      #expect(try texts(data) == [" First ", "", "Third, with\na line"])
      #expect(data.rows?.names == ["feature_0"] && data.rows?.values(2).first == 3)
      #expect(data.examples.map(\.label) == ["x", "y", "x"])
      #expect(
        data.reading.notes == [
          .textsByName(file: "r.csv", column: "path", rows: 2),
          .rowsWithoutText(1, first: "b", file: "r.csv"),
          .textsOfOtherRows(file: "r.csv", rows: 1),
        ])
      #expect(
        data.reading.notes.map(\.description) == [
          "the texts of 2 rows are those that r.csv has for their names, in 'path'",
          "1 row is not in r.csv (first b) and has an empty text",
          "not read: 1 row of r.csv that names no row of the features",
        ])
      #expect(data.rowsWithoutWord(in: "report") == 1)
      // A text is part of a row: another one makes another digest.
      let other = try opened("path,report\nc,Third\na,Other\n", in: folder)
      #expect(try #require(data.rows).digest(0) != #require(other.rows).digest(0))
      #expect(try #require(data.rows).digest(1) == #require(other.rows).digest(1))
    }
  }

  /// The numbers that are made of joined texts are those of the same texts in the table itself; an empty one gives zeros.
  @Test func featuresAreThoseOfOneTable() throws {
    try withTemporaryFolder { folder in
      let joined = try opened(
        "id,report\nc,calm and clean\nb,\na,pain again\n", in: folder)
      try Fixture.file(
        "\(folder)/whole.csv",
        "id,feature_0,label,report\na,1,x,pain again\nb,2,y,\nc,3,x,calm and clean\n")
      let whole = try Dataset.open(
        "\(folder)/whole.csv", columns: ColumnNames(texts: ["report"]), input: .features)
      let settings = TextSettings(columns: ["report"], size: 2, slots: 1024)
      func made(_ data: Dataset) throws -> RowStore {
        let rows = try #require(data.rows)
        return try TextFeatures(fitting: rows, members: [0, 2], settings).applied(to: rows)
      }
      let (one, other) = (try made(joined), try made(whole))
      #expect((0..<3).allSatisfy { one.values($0) == other.values($0) })
      #expect(Array(one.values(1)) == [2, 0, 0])
      #expect((0..<3).allSatisfy { one.digest($0) == other.digest($0) })
    }
  }

  /// The column that names the rows may have a name of its own, in one table or in both, and the table of labels may be that of texts.
  @Test func columnsAreNamedInEither() throws {
    try withTemporaryFolder { folder in
      let named = try opened(
        "case,report\nb,Two\n", columns: ColumnNames(path: "case", texts: ["Report"]), in: folder)
      #expect(try texts(named) == ["", "Two", ""])
      let both = try opened(
        "Case,report\nb,Two\na,One\n", of: "case,feature_0,label\na,1,x\nb,2,y\n",
        columns: ColumnNames(path: "case", texts: ["report"]), in: folder)
      #expect(try texts(both) == ["One", "Two"])
      let ofFeatures = try opened(
        "id,report\nb,Two\na,One\n", of: "case,feature_0,label\na,1,x\nb,2,y\n",
        columns: ColumnNames(path: "case", texts: ["report"]), in: folder)
      #expect(try texts(ofFeatures) == ["One", "Two"])
      let same = try opened(
        "id,label,report\nc,y,Three\na,x,One\n", of: "id,feature_0\na,1\nb,2\nc,3\n",
        rowLabels: "\(folder)/r.csv", in: folder)
      #expect(same.examples.map(\.path) == ["a", "c"] && same.rows?.count == 3)
      #expect(try texts(same) == ["One", "", "Three"])
      #expect(
        !same.reading.notes.contains {
          if case .rowsWithoutText = $0 { true } else { false }
        })
      // A column of the same name in the table of features is left alone.
      let twice = try opened(
        "id,report\nb,new\na,new\n", of: "id,feature_0,label,report\na,1,x,old\nb,2,y,old\n",
        in: folder)
      #expect(try texts(twice) == ["new", "new"] && twice.rows?.names == ["feature_0"])
    }
  }

  /// Features without names are joined by their numbers, or one by one where there are as many.
  @Test func rowsWithoutNames() throws {
    try withTemporaryFolder { folder in
      let bare = "feature_0,label\n1,x\n2,y\n3,x\n"
      let inOrder = try opened("report\nOne\nTwo\nThree\n", of: bare, in: folder)
      #expect(try texts(inOrder) == ["One", "Two", "Three"])
      #expect(
        inOrder.reading.notes.map(\.description).contains(
          "the texts of r.csv are taken for the 3 rows one by one: nothing in it names the rows"))
      let numbered = try opened("id,report\n2,Three\n0,One\n", of: bare, in: folder)
      #expect(try texts(numbered) == ["One", "", "Three"])
      let called = try opened("id,report\nf.csv#1,Two\n", of: bare, in: folder)
      #expect(try texts(called) == ["", "Two", ""])
    }
    #expect(
      try message("report\nOne\nTwo\n", of: "feature_0,label\n1,x\n2,y\n3,x\n")
        == "DIR/r.csv: no column names the rows of f.csv, which are called like 'f.csv#0'; expected one such as 'path' or 'id'"
        + " with these names, or, of features without names, as many rows in their order")
  }

  @Test func whatCannotBeJoinedIsRefused() throws {
    #expect(
      try message("id,report\nq,One\nr,Two\n")
        == "DIR/r.csv: column id names none of the rows of f.csv, which are called like 'a'; expected one such as 'path' or 'id' with"
        + " these names, or, of features without names, as many rows in their order")
    #expect(
      try message("age,report\n1,One\n2,Two\n3,Three\n").hasPrefix(
        "DIR/r.csv: no column names the rows of f.csv, which are called like 'a'"))
    let twice = try message("id,report\na,One\nb,Two\na,Three\n")
    #expect(twice.hasPrefix("DIR/r.csv:4: ") && twice.contains("line 2"), "\(twice)")
    let empty = try message("id,report\na,One\n,Two\n")
    #expect(empty.hasPrefix("DIR/r.csv:3: "), "\(empty)")
    #expect(
      try message("id,essay\na,One\n")
        == "DIR/r.csv:1: no column 'report' for the text; found: id, essay")
    #expect(
      try message("id,report\na,One\n", columns: ColumnNames(path: "case", texts: ["report"]))
        == "DIR/r.csv:1: no column 'case' for the image path; found: id, report")
    #expect(
      try message("id,report\na,One\n", columns: ColumnNames())
        == "text table: expected columns of text to take of it, got DIR/r.csv")
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/f.csv", Self.features)
      #expect(throws: DatasetError.file(.missing(path: "\(folder)/none.csv"))) {
        try Dataset.open(
          "\(folder)/f.csv", columns: ColumnNames(texts: ["report"]), input: .features,
          textTable: "\(folder)/none.csv")
      }
    }
  }
}
