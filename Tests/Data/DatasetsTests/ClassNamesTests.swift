import Datasets
import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct ClassNamesTests {
  /// Examples of a table with these labels.
  private func data(_ labels: [String]) -> Dataset {
    let examples = labels.enumerated().map { number, label in
      Example(
        path: "\(number).png", source: .pixels(0), label: label, file: "t.csv", line: number + 2)
    }
    return Dataset(name: "t", layout: .manifest, examples: examples)
  }

  private func withNames<R>(
    _ text: String, called name: String = "n.csv", _ body: (ClassNames) throws -> R
  ) throws -> R {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/\(name)", text)
      return try body(ClassNames.read("\(folder)/\(name)"))
    }
  }

  private func message(
    _ text: String, _ labels: [String] = [], called name: String = "n.csv", leftOut: [String] = []
  ) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.file("\(folder)/\(name)", text)
      do throws(DatasetError) {
        _ = try data(labels).naming(ClassNames.read("\(folder)/\(name)"), leftOut: leftOut)
        return "no error"
      } catch {
        return error.description.replacingOccurrences(of: folder, with: "DIR")
      }
    }
  }

  @Test(arguments: [
    ("n.csv", "class,name\nnv,naevus\nmel,melanoma\nbcc,\n"),
    ("n.tsv", "Name\tsource\tClass\nnaevus\tx\tnv\nmelanoma\tx\tmel\n\tx\tbcc\n"),
  ])
  func aTableGivesOrderAndNames(file: String, text: String) throws {
    try withNames(text, called: file) { names in
      let named = try data(["mel", "bcc", "nv", "mel"]).naming(names)
      #expect(named.examples.map(\.label) == ["melanoma", "bcc", "naevus", "melanoma"])
      #expect(try named.trainingClasses().names == ["naevus", "melanoma", "bcc"])
      #expect(named.classNames?.areNumbered == false)
    }
  }

  @Test func aListGivesTheOrder() throws {
    try withNames("low\nmiddle\nhigh\n", called: "n.txt") { names in
      let named = try data(["high", "low", "middle"]).naming(names)
      #expect(named.examples.map(\.label) == ["high", "low", "middle"])
      #expect(try named.trainingClasses().names == ["low", "middle", "high"])
    }
  }

  @Test func aListNamesClassesThatTheDataNumber() throws {
    let list = (0...10).map { "n\($0)" }.joined(separator: "\n")
    try withNames(list, called: "n.txt") { names in
      let named = try data((0...10).reversed().map(String.init)).naming(names)
      #expect(named.examples.first?.label == "n10")
      #expect(try named.trainingClasses().names == (0...10).map { "n\($0)" })
      #expect(named.classNames?.areNumbered == true)
      let without = try data(["0", "02"]).naming(names, leftOut: ["1"] + (3...10).map(String.init))
      #expect(without.examples.map(\.label) == ["n0", "n2"])
    }
    #expect(
      try message("a\nb\n", ["0", "1", "2", "2"], called: "n.txt")
        == "t.csv:4: the class '2' (2 images, first here) is not in DIR/n.txt, whose 2 lines are"
        + " counted from 0; add it there or leave the class out")
  }

  @Test func whatDoesNotFitIsSaidTogether() throws {
    #expect(
      try message("class,name\na,A\nb,B\nc,C\n", ["a", "x", "a", "y", "x"]) == """
        t.csv:3: the class 'x' (2 images, first here) is not in DIR/n.csv; add it there or leave the \
        class out
        t.csv:5: the class 'y' (1 image, first here) is not in DIR/n.csv; add it there or leave the \
        class out
        DIR/n.csv:3: no image has the class 'b'; remove the line or add images
        DIR/n.csv:4: no image has the class 'c'; remove the line or add images
        """)
    #expect(try message("class,name\na,A\nb,B\nc,C\n", ["a", "c"], leftOut: ["b"]) == "no error")
    // A name that is also some label of the data would make one class of two.
    #expect(try message("class,name\na,A\n", ["a", "A"]).contains("the class 'A' (1 image"))
  }

  @Test(arguments: [
    (
      "n.csv", "class,name\na,A\nb,A\n",
      "DIR/n.csv:3: the name 'A' stands already in line 2; give each class a name of its own"
    ),
    (
      "n.csv", "class,name\na,b\nb,\n",
      "DIR/n.csv:3: the name 'b' stands already in line 2; give each class a name of its own"
    ),
    (
      "n.csv", "class,name\na,A\na,B\n",
      "DIR/n.csv:3: the class 'a' stands already in line 2; remove one"
    ),
    ("n.csv", "class,name\n,B\n", "DIR/n.csv:2: the class is empty"),
    ("n.csv", "class,name\n", "DIR/n.csv: is empty, expected a class a row"),
    (
      "n.csv", "id,name\n1,B\n",
      "DIR/n.csv:1: a table of class names needs the columns class and name, found id, name"
    ),
    ("n.txt", "a\nb\na\n", "DIR/n.txt:3: the class 'a' stands already in line 1; remove one"),
    ("n.txt", "a\n\nb\n", "DIR/n.txt:2: an empty line; every line is a class"),
    ("n.txt", "", "DIR/n.txt: is empty, expected a class a line"),
  ])
  func filesThatAreNoneAreRefused(name: String, text: String, words: String) throws {
    #expect(try message(text, ["a"], called: name) == words)
  }

  @Test func theNamesChangeNothingThatIdentifiesTheData() throws {
    let data = data(["b", "a", "b"])
    try withNames("class,name\nb,second\na,first\n") { names in
      let named = try data.naming(names)
      #expect(named.digest == data.digest)
      #expect(named.examples.map(\.label) != data.examples.map(\.label))
      try withTemporaryFolder { folder in
        try named.classNames?.write(to: "\(folder)/n.csv")
        #expect(try data.naming(ClassNames.read("\(folder)/n.csv")).examples == named.examples)
      }
    }
  }

  @Test func otherDataNeedNotHaveEveryClass() throws {
    try withNames("class,name\nb,second\na,first\n") { names in
      #expect(
        data(["a", "z", "first"]).renaming(names).examples.map(\.label) == ["first", "z", "first"])
    }
  }

  /// Class c keeps n_max · IR^(−c/(C−1)): the first of the list is the head.
  @Test func theLongTailFollowsTheOrder() throws {
    let even = data((0..<30).map { ["a", "b", "c"][$0 % 3] })
    try withNames("c\nb\na\n", called: "n.txt") { names in
      let tail = try even.naming(names).longTailed(imbalance: 10, key: RandomKey(seed: 1))
      let counts = ["c", "b", "a"].map { name in tail.examples.count { $0.label == name } }
      #expect(counts == [10, 3, 1])
    }
  }
}
