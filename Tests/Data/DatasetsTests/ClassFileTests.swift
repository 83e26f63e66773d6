import Datasets
import TestSupport
import Testing

@Suite struct ClassFileTests {
  private func opened(_ labels: [String], _ classes: String, _ body: (String) throws -> Void)
    throws
  {
    try withTemporaryFolder { folder in
      let names = labels.indices.map { "\($0).png" }
      try Fixture.images(names, in: folder)
      let rows = zip(names, labels).map { "\($0),\($1)\n" }.joined()
      try Fixture.file("\(folder)/labels.csv", "path,label\n" + rows)
      try Fixture.file("\(folder)/classes.txt", classes)
      try body(folder)
    }
  }

  @Test(arguments: [
    (["1", "0", "2"], "cat\ndog\nold cow\n", ["dog", "cat", "old cow"]),
    (["1", "0", "1"], "\u{FEFF}cat\r\ndog", ["dog", "cat", "dog"]),
    (["dog", "cat", "dog"], "cat\ndog\nowl\n", ["dog", "cat", "dog"]),
    // Names that are numbers are names, not line numbers.
    (["1", "2", "1"], "1\n2\n3\n", ["1", "2", "1"]),
  ])
  func labelsAreNamesOrLineNumbers(labels: [String], classes: String, expected: [String]) throws {
    try opened(labels, classes) { folder in
      let found = try Dataset.open(folder).examples.map(\.label)
      #expect(found == expected)
    }
  }

  @Test(arguments: [
    (
      ["0", "2"], "cat\ndog\n",
      "DIR/labels.csv:3: the label '2' is not in classes.txt; expected one of: cat, dog,"
        + " or a number from 0 to 1"
    ),
    (
      ["cat", "dgo"], "cat\ndog\n",
      "DIR/labels.csv:3: the label 'dgo' is not in classes.txt; expected one of: cat, dog,"
        + " or a number from 0 to 1"
    ),
    (
      ["cat", "1"], "cat\ndog\n",
      "DIR/labels.csv:3: the label '1' is not in classes.txt; expected one of: cat, dog,"
        + " or a number from 0 to 1"
    ),
    (["0"], "", "DIR/classes.txt: is empty, expected a class a line"),
    (["0"], "cat\n\ndog\n", "DIR/classes.txt:2: an empty line; every line is a class"),
    (
      ["0"], "cat\ndog\ncat\n",
      "DIR/classes.txt:3: the class 'cat' stands already in line 1; remove one"
    ),
  ])
  func whatDoesNotFitIsNamed(labels: [String], classes: String, message: String) throws {
    try opened(labels, classes) { folder in #expect(Fixture.message(folder) == message) }
  }

  @Test func otherBytesThanTextAreRefused() throws {
    try opened(["0"], "x") { folder in
      try Fixture.file("\(folder)/classes.txt", [0xFF, 0xFE])
      #expect(Fixture.message(folder) == "DIR/classes.txt: is UTF-16 text; save it as UTF-8")
      try Fixture.file("\(folder)/classes.txt", Array("B".utf8) + [0xE4] + Array("r\n".utf8))
      #expect(Fixture.message(folder) == "DIR/classes.txt: is not UTF-8; save it as UTF-8")
    }
  }
}
