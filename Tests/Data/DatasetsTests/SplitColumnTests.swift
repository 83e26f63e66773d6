import Datasets
import Files
import TestSupport
import Testing

@Suite struct SplitColumnTests {
  /// The splits that a column of these cells says, or what is wrong.
  private func read(
    _ name: String, _ cells: [String], and more: (String, [String])? = nil,
    columns: ColumnNames = ColumnNames()
  ) throws -> (splits: [Split?], used: String, message: String) {
    try withTemporaryFolder { folder in
      let paths = cells.indices.map { "\($0).png" }
      try Fixture.images(paths, in: folder)
      let rows = cells.indices.map { row in
        "\(paths[row]),c\(row % 2),\(cells[row])" + (more.map { ",\($0.1[row])" } ?? "")
      }
      let header = "path,label,\(name)" + (more.map { ",\($0.0)" } ?? "")
      try Fixture.file("\(folder)/t.csv", ([header] + rows).map { $0 + "\n" }.joined())
      let message = Fixture.message(folder, "t.csv", columns: columns)
      let data = try? Dataset.open("\(folder)/t.csv", columns: columns)
      return (
        data?.examples.map(\.split) ?? [], data?.reading.tables[0].usedText ?? "", message
      )
    }
  }

  @Test(arguments: ["subset", "set", "partition", "phase", "data set", "Usage", "Split", "fold"])
  func wordsOfSplits(name: String) throws {
    let found = try read(name, ["train", "Valid", "test_set", "Training "])
    #expect(found.splits == [.train, .val, .test, .train])
    #expect(found.used == "path as path, label as label, \(name) as split; no group")
  }

  @Test func aPhaseOfAnotherKindIsNoSplit() throws {
    let found = try read("phase", ["arterial", "venous", "arterial"])
    #expect(found.splits == [nil, nil, nil])
    #expect(found.used == "path as path, label as label; no group, no split")
    // With the words of two splits a third one is a mistake.
    #expect(
      try read("phase", ["train", "valid", "venous"]).message
        == "DIR/t.csv:4: 'venous' in column 'phase' is no split; accepted: \(Split.accepted)")
  }

  @Test(arguments: [
    (
      "is_valid", ["TRUE", "FALSE", "False"], [Split.val, .train, .train], "yes is val, no is train"
    ),
    ("is_test", ["0", "1", "0"], [.train, .test, .train], "yes is test, no is train"),
    ("is_train", ["1.0", "0.0", "1.0"], [.train, .test, .train], "yes is train, no is test"),
    ("isValidation", ["yes", "no", "no"], [.val, .train, .train], "yes is val, no is train"),
  ])
  func yesAndNo(name: String, cells: [String], splits: [Split], words: String) throws {
    let found = try read(name, cells)
    #expect(found.splits == splits)
    #expect(found.used == "path as path, label as label, \(name) as split (\(words)); no group")
    #expect(try read(name, cells, columns: ColumnNames(split: name)).splits == splits)
  }

  @Test func yesAndNoThatSayNothingOrTooMuch() throws {
    #expect(try read("is_valid", ["False", "False"]).splits == [nil, nil])
    #expect(
      try read("is_valid", ["1", "0", "0"], and: ("is_test", ["0", "1", "0"])).message
        == "DIR/t.csv:1: the columns is_valid, is_test each say a split; put it into one column with the"
        + " words train, val and test")
    #expect(
      try read("is_valid", ["1", "", "0"]).message
        == "DIR/t.csv:3: the split is empty, while other rows have one; fill it in or drop the column"
    )
  }

  @Test func aSplitBesideFoldsAndFlags() throws {
    let folds = try read("fold", ["0", "1", "2"], and: ("split", ["train", "val", "test"]))
    #expect(folds.splits == [.train, .val, .test])
    #expect(folds.used == "path as path, label as label, split as split; no group")
    let flags = try read("split", ["train", "val", "test"], and: ("is_valid", ["1", "0", "0"]))
    #expect(flags.splits == [.train, .val, .test])
  }
}
