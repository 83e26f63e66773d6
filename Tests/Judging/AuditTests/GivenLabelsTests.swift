import Audit
import Files
import TestSupport
import Testing

/// What is read as a name, and what as a class number.
@Suite struct GivenLabelsTests {
  private func read(_ labels: [String], names: [String]?) throws -> GivenLabels {
    try withTemporaryFolder { folder in
      try AtomicFile.write(
        "label\n" + labels.map { $0 + "\n" }.joined(), to: folder + "/labels.csv")
      return try GivenLabels.read(folder + "/labels.csv", names: names, classes: 3)
    }
  }

  @Test func numbersAndNames() throws {
    #expect(try read(["2", "0", "1"], names: nil).given == [2, 0, 1])
    #expect(try read(["2", "0", "1"], names: ["a", "b", "c"]).given == [2, 0, 1])
    #expect(try read(["c", "a", "b"], names: ["a", "b", "c"]).given == [2, 0, 1])
  }

  /// Classes that are called 1, 2 and 3: labels from 1 on are their names, labels from 0 on class numbers, never some of either.
  @Test func namesThatAreNumbers() throws {
    let names = ["1", "2", "3"]
    let named = try read(["3", "1", "2"], names: names)
    // As class numbers 3 would be none.
    #expect(named.given == [2, 0, 1] && !named.isAmbiguous)
    let numbered = try read(["2", "0", "1"], names: names)
    #expect(numbered.given == [2, 0, 1] && !numbered.isAmbiguous)
    // Without a 0 and without a 3 they may be either.
    let either = try read(["2", "1", "2"], names: names)
    #expect(either.given == [1, 0, 1] && either.isAmbiguous)
    // What means the same either way is not in doubt.
    #expect(try !read(["2", "1"], names: ["0", "1", "2"]).isAmbiguous)
  }

  @Test func whatIsNoClassIsNamed() {
    #expect(throws: AuditError.noSuchClass(row: 1, label: "3", classes: 3)) {
      try read(["0", "3"], names: nil)
    }
    #expect(throws: AuditError.noSuchClass(row: 0, label: "cat", classes: 3)) {
      try read(["cat"], names: nil)
    }
    #expect(throws: AuditError.unknownName(row: 1, label: "bat", nearest: "cat")) {
      try read(["cat", "bat"], names: ["cat", "dog", "cow"])
    }
    #expect(throws: AuditError.unknownName(row: 1, label: "emu", nearest: nil)) {
      try read(["0", "emu"], names: ["cat", "dog", "cow"])
    }
    // A number among names is a mistake, even where a class has that number.
    #expect(throws: AuditError.unknownName(row: 1, label: "2", nearest: nil)) {
      try read(["cat", "2"], names: ["cat", "dog", "cow"])
    }
    #expect(throws: AuditError.unknownName(row: 1, label: "0", nearest: "1")) {
      try read(["3", "0"], names: ["1", "2", "3"])
    }
  }

  @Test func classesHaveNamesOfTheirOwn() {
    #expect(throws: AuditError.nameTwice("cat")) {
      try read(["dog"], names: ["cat", "dog", "cat"])
    }
    #expect(
      "\(AuditError.nameTwice("cat"))"
        == "two classes are called 'cat', so a label of that name could be either; give each column a name of its own"
    )
  }
}
