import Datasets
import Files
import TestSupport
import Testing

/// Columns left alone that may have been meant as a group or a split.
@Suite struct ColumnSuspicionTests {
  /// Twelve rows of two classes in turn; `cells` stand under `name`.
  private func data(
    _ name: String, _ cells: (Int) -> String, in folder: String,
    columns: ColumnNames = ColumnNames(), group: ((Int) -> String)? = nil
  ) throws -> Dataset {
    let header = ["path", "label", name] + (group == nil ? [] : ["patient_id"])
    let rows = (0..<12).map { row in
      ["\(row).png", row % 2 == 0 ? "cat" : "dog", cells(row)] + (group.map { [$0(row)] } ?? [])
    }
    return try Fixture.table([header] + rows, in: folder, columns: columns)
  }

  private func warnings(
    _ name: String, group: ((Int) -> String)? = nil, _ cells: (Int) -> String
  ) throws -> [ReadingWarning] {
    try withTemporaryFolder { try data(name, cells, in: $0, group: group).reading.warnings }
  }

  @Test func whatRepeatsLikeAGroupIsNamed() throws {
    let expected = { ReadingWarning.repeatsLikeGroup(column: $0, values: 4, rows: 12) }
    // Codes; numbers in runs; a name that says an id, in any order.
    #expect(try warnings("who") { "p\($0 % 4)" } == [expected("who")])
    #expect(try warnings("nn") { "\($0 / 3)" } == [expected("nn")])
    #expect(try warnings("dog nr") { "\($0 % 4 * 7)" } == [expected("dog nr")])
    #expect(try warnings("visitDay2") { "2024-01-0\($0 % 4)" } == [])
    #expect(try warnings("recorded") { "2024-01-0\($0 % 4)" } == [expected("recorded")])
    let names = ["anna", "ben", "carl", "dora", "emil", "fred"]
    #expect(
      try warnings("keeper") { names[$0 % 6] }
        == [.repeatsLikeGroup(column: "keeper", values: 6, rows: 12)])
    #expect(
      "\(expected("who"))"
        == "the column 'who' repeats like a group (4 values in 12 rows) and is left alone: images of one"
        + " value can come into different splits")
  }

  @Test func whatDescribesAnImageIsNot() throws {
    // An age, a sex, a measurement, a place; a name for each image; what the class says.
    #expect(try warnings("age") { "\(40 + $0 / 3)" } == [])
    #expect(try warnings("sex") { $0 % 3 == 0 ? "male" : "female" } == [])
    #expect(try warnings("brightness") { "0.\($0 % 4)" } == [])
    #expect(try warnings("bone") { ["arm", "leg", "hip"][$0 % 3] } == [])
    #expect(try warnings("uuid") { "u\($0)" } == [])
    #expect(try warnings("class_number") { "\($0 % 2)" } == [])
    #expect(try warnings("marked") { $0 % 5 == 0 ? "TRUE" : "FALSE" } == [])
    // Numbers that come and go.
    #expect(try warnings("x") { "\($0 * 5 % 7)" } == [])
  }

  @Test func whatTheGroupKeepsTogetherIsNoOversight() throws {
    // Two lesions of each patient are kept together with the patient …
    #expect(try warnings("lesion_id", group: { "p\($0 / 4)" }) { "l\($0 / 2)" } == [])
    // … patients of two lesions are not kept together by the lesion.
    #expect(
      try warnings("scene_id", group: { "p\($0 % 4)" }) { "s\($0 / 3)" }
        == [.repeatsLikeGroup(column: "scene_id", values: 4, rows: 12)])
    // Rows without a group keep nothing together.
    #expect(
      try warnings("scene_id", group: { $0 < 2 ? "p" : "" }) { "s\($0 / 3)" }
        == [.repeatsLikeGroup(column: "scene_id", values: 4, rows: 12)])
  }

  @Test func wordsOfASplitAreNamed() throws {
    let words = ["train", "val", "test"]
    #expect(
      try warnings("stage") { words[$0 % 3] }
        == [.holdsSplitWords(column: "stage", words: ["test", "train", "val"])])
    #expect(
      "\(ReadingWarning.holdsSplitWords(column: "stage", words: ["test", "train"]))"
        == "the column 'stage' holds the words of a split (test, train) and is left alone")
    #expect(try warnings("tool") { ["train", "car", "ship"][$0 % 3] } == [])
  }

  @Test func foldersOfSplitsInThePathsAreNamed() throws {
    try withTemporaryFolder { folder in
      let data = try Fixture.table(
        [["path", "label"], ["train/1.png", "a"], ["test/2.png", "b"]], in: folder)
      #expect(data.reading.warnings == [.splitFoldersInPaths(["test", "train"])])
      #expect(
        "\(data.reading.warnings[0])"
          == "the images lie in the folders test, train, but no column says a split: the folders do not"
          + " decide it")
      #expect(data.splits == [])
    }
  }

  @Test func strictnessMakesAnErrorOfIt() throws {
    try withTemporaryFolder { folder in
      let strict = ColumnNames(isStrict: true)
      let error = #expect(throws: DatasetError.self) {
        try self.data("who", { "p\($0 % 4)" }, in: folder, columns: strict)
      }
      #expect(
        error?.description.replacing(folder, with: "DIR") == """
          DIR/t.csv: columns are left alone that may be meant
          the column 'who' repeats like a group (4 values in 12 rows) and is left alone: images of one \
          value can come into different splits
          """)
      let chosen = ColumnNames(group: "who", isStrict: true)
      let data = try self.data("who", { "p\($0 % 4)" }, in: folder, columns: chosen)
      #expect(data.examples[5].group == "p1")
      // Warnings of other kinds are none of its business.
      #expect(throws: Never.self) {
        try Fixture.table(
          [["path", "label"], ["1.png", "Cat"], ["2.png", "cat"]], in: folder, columns: strict)
      }
    }
  }

  @Test func wordsForMissingValuesAreNamed() throws {
    #expect(
      try warnings("x", group: { $0 < 3 ? "NA" : "p\($0 / 2)" }) { _ in "" }
        == [.missingValueWord("NA", role: .group, rows: 3)])
    #expect(
      "\(ReadingWarning.missingValueWord("NA", role: .group, rows: 3))"
        == "'NA' is read as a group of 3 images; leave the cell empty if the group is not known")
    try withTemporaryFolder { folder in
      let data = try Fixture.table(
        [["path", "label"], ["1.png", "nan"], ["2.png", "cat"]], in: folder)
      #expect(data.reading.warnings == [.missingValueWord("nan", role: .label, rows: 1)])
      #expect(
        "\(data.reading.warnings[0])"
          == "'nan' is read as a class of 1 image; remove the rows if the class is not known")
    }
  }
}
