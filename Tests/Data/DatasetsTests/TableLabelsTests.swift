import Datasets
import Files
import TestSupport
import Testing

/// Label cells that are not one plain class, and cells with blanks.
@Suite struct TableLabelsTests {
  private func message(_ labels: [String]) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.images(labels.indices.map { "\($0).png" }, in: folder)
      let rows = labels.enumerated().map { DelimitedWriter.line(["\($0).png", $1]) }
      try Fixture.file("\(folder)/t.csv", "path,label\n" + rows.joined())
      return Fixture.message(folder, "t.csv")
    }
  }

  @Test(arguments: [
    ["cat", "cat|dog"], ["cat", "cat;dog"], ["cat", "[\"cat\", \"dog\"]"],
    ["cat", "['cat', 'dog']"],
    ["cat", "{\"choices\": [\"cat\",\"dog\"]}"], ["cat", "dog", "cat,dog"],
    ["cat", "dog", "cat, dog"],
    ["cat", "dog", "cat/dog"], ["cat", "dog", "cat + dog"], ["scab", "rust", "scab rust"],
    ["owl", "cat,dog", "dog,owl"], ["16", "0", "16 0"],
  ])
  func listsAreRefused(labels: [String]) throws {
    let list = try #require(labels.last)
    #expect(
      try message(labels).contains(
        "DIR/t.csv:\(labels.count + 1): the label '\(list)' is a list of classes, and an image has one"
          + " class here; keep one of them, give such images a class of their own with a plain name, or train with"
          + " --task labels, where an image may have several"
      ))
  }

  @Test(arguments: [
    ["melanoma, in situ", "nevus, in situ", "melanoma, nodular"], ["old cow", "cow"],
    ["and/or", "x"], ["0,33", "1"], ["C+", "C"], ["a-b", "a", "b"],
  ])
  func namesWithMarksAreNames(labels: [String]) throws {
    #expect(try message(labels) == "no error: \(labels.count) examples")
  }

  @Test func listsOfJSONAreRefused() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png"], in: folder)
      try Fixture.file("\(folder)/t.jsonl", "{\"path\": \"a.png\", \"label\": [\"cat\"]}\n")
      #expect(
        Fixture.message(folder, "t.jsonl").hasPrefix(
          "DIR/t.jsonl:1: the label '[\"cat\"]' is a list of classes"))
    }
  }

  @Test func blanksAreTrimmedWhereTheyDivideNoClass() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png"], in: folder)
      try Fixture.file(
        "\(folder)/t.csv",
        " path , label,group \r\n a.png, cat ,p1\r\n\"b.png \",\" dog\",p1 \r\n  \r\n , , \r\n")
      let data = try Dataset.open("\(folder)/t.csv")
      #expect(data.examples.map(\.path) == ["a.png", "b.png"])
      #expect(data.examples.map(\.label) == ["cat", "dog"])
      #expect(data.examples.map(\.group) == ["p1", "p1"])
      #expect(data.reading.notes == [.trimmed(cells: 8), .emptyRows(1)])
      #expect(
        data.reading.notes.map(\.description) == [
          "blanks at the beginning or end of 8 names or cells do not count",
          "1 row without a single entry passed over",
        ])
    }
  }

  @Test func blanksThatDivideAClassAreRefused() throws {
    #expect(
      try message(["cat", "cat ", "dog", "cat"]) == """
        DIR/t.csv:3: the label 'cat ' differs from 'cat' in line 2 only by blanks; write both alike, or \
        name the classes apart
        DIR/t.csv:5: the label 'cat' differs from 'cat ' in line 3 only by blanks; write both alike, or \
        name the classes apart
        """)
    #expect(try message(["cat", "\u{A0}cat"]).contains("only by blanks"))
  }

  /// A folder whose name is a list of other folders is a class of its own, which nobody may have meant; in a table such a
  /// label is refused.
  @Test func namesThatAreListsOfOthersAreAWarning() throws {
    func joined(_ names: [String]) throws -> [ReadingWarning] {
      try withTemporaryFolder { folder in
        try Fixture.images(names.flatMap { ["\($0)/1.png", "\($0)/2.png"] }, in: folder)
        return try Dataset.open(folder).reading.warnings.filter {
          if case .joinedNames = $0 { true } else { false }
        }
      }
    }
    #expect(
      try joined(["cat", "dog", "cat, dog", "cow", "cow+dog+cat"]) == [
        .joinedNames("cat, dog", parts: ["cat", "dog"]),
        .joinedNames("cow+dog+cat", parts: ["cow", "dog", "cat"]),
      ])
    // A part that is no name, or twice the same, is no list; neither is a hyphen a mark.
    #expect(try joined(["cat", "dog", "cat, bird", "cat+cat", "cat-dog", "dog,"]) == [])
    #expect(
      ReadingWarning.joinedNames("cat, dog", parts: ["cat", "dog"]).description
        == "'cat, dog' is read as one name, and 'cat' and 'dog' are names too; where an image has each of them, separate them by"
        + " | or ;")
  }

  @Test func nearlyEqualClassesAreAWarning() throws {
    try withTemporaryFolder { folder in
      let labels = ["Cat", "cat", "old_cow", "Old cow", "1", "1.0", "dog"]
      let data = try Fixture.table(
        [["path", "label"]] + labels.enumerated().map { ["\($0).png", $1] }, in: folder)
      #expect(
        data.reading.warnings == [
          .nearlyEqualClasses(["1", "1.0"]), .nearlyEqualClasses(["Cat", "cat"]),
          .nearlyEqualClasses(["Old cow", "old_cow"]),
        ])
      #expect(
        "\(data.reading.warnings[1])"
          == "the classes 'Cat', 'cat' differ only in spelling; write them alike if they are one class"
      )
    }
    try withTemporaryFolder { folder in
      try Fixture.images(["Cat/1.png", "cat/2.png"], in: folder)
      #expect(
        try Dataset.open(folder).reading.warnings == [.nearlyEqualClasses(["Cat", "cat"])])
    }
  }

  @Test func measurementsAreAWarning() throws {
    try withTemporaryFolder { folder in
      let data = try Fixture.table(
        [["path", "label"]] + (0..<24).map { ["\($0).png", "0.\($0)1"] }, in: folder)
      #expect(data.reading.warnings == [.labelsHardlyRepeat(classes: 24, images: 24)])
      #expect(
        "\(data.reading.warnings[0])"
          == "24 classes in 24 images: the labels hardly repeat, as measurements and names of single images"
          + " do")
    }
  }

  @Test func aDroppedClassTakesItsRowsWithIt() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", "path,label\na.png,x\nb.png,y\nnone.png,z\n")
      let data = try Dataset.open("\(folder)/t.csv", dropping: ["z"])
      #expect(data.examples.map(\.label) == ["x", "y"])
      #expect(
        Fixture.message(folder, "t.csv", dropping: ["z", "q"])
          == "no such class: q; the data have: x, y, z")
    }
  }

  static let foreign: [(bytes: [UInt8], words: String)] = [
    (
      Array("PK\u{3}\u{4}[Content_Types].xml xl/workbook.xml".utf8),
      "DIR/t.csv: is an Excel workbook, expected a table; save its sheet as CSV (UTF-8)"
    ),
    (
      Array("path,label\n".utf8).flatMap { [$0, 0] },
      "DIR/t.csv: is UTF-16 text, expected a table; save it as UTF-8"
    ),
    (
      Array("path,label\nB".utf8) + [0xE4] + Array("r.png,x\n".utf8),
      "DIR/t.csv:2: bytes that are not UTF-8; as Latin-1 (Windows-1252) they say 'Bär.png'; save the file"
        + " as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8"
    ),
    (
      Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n".utf8),
      "DIR/t.csv: is a Git LFS pointer, expected a table; fetch the file itself with: git lfs pull"
    ),
  ]

  @Test(arguments: foreign.indices) func filesThatAreNoTablesAreNamed(index: Int) throws {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/t.csv", Self.foreign[index].bytes)
      #expect(Fixture.message(folder, "t.csv") == Self.foreign[index].words)
    }
  }

  @Test func tablesUnderOtherNamesAreTables() throws {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png"], in: folder)
      for name in ["HAM10000_metadata", "t.txt"] {
        try Fixture.file("\(folder)/\(name)", "image_id\tdx\na\tx\nb\ty\n")
        #expect(Fixture.message(folder, name) == "no error: 2 examples")
      }
      try Fixture.file("\(folder)/notes.txt", "some words, and more\n")
      #expect(Fixture.message(folder, "notes.txt").hasPrefix("DIR/notes.txt: is not a data set;"))
      try Fixture.file("\(folder)/t.xlsx", "PK\u{3}\u{4}[Content_Types].xml xl/workbook.xml")
      #expect(
        Fixture.message(folder, "t.xlsx")
          == "DIR/t.xlsx: is an Excel workbook, not a data set; save its sheet as CSV (UTF-8)")
    }
  }
}
