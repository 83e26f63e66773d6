import Datasets
import SteelyardCommand
import Testing

/// Values that are several in one, typed and in a file: nothing in them is passed over.
@Suite struct SeveralInOneTests {
  private func words(_ arguments: String...) -> String? {
    let found = Entrance.objection(to: ["train", "x"] + arguments)
    if let found { #expect(found.status == 64, "\(arguments)") }
    return found?.words
  }

  private func read(_ yaml: String) throws -> TrainOptions {
    try ConfigFileWords.options(yaml).values
  }

  private func refusal(_ yaml: String) -> String { ConfigFileWords.refusal(yaml) }

  /// A part that is no number does not stand for nothing.
  @Test(arguments: [
    "a,80,10,10", "80,10,10,", ",80,10,10", "80,10,10,x", "80,,10,10", "80;10;10", "80,10,10 %",
    "80,10,1O,10", "NaN,0,1", "inf,0,0", "1,0,0,nan",
  ])
  func splitsOfOtherThings(_ text: String) {
    #expect(
      words("--split", text)?.hasPrefix(
        "The value '\(text)' is invalid for '--split <train,val,test>': expected three shares"
          + " 'train,val,test' that sum to 1 or to 100, the first above 0, such as 0.7,0.15,0.15")
        == true, "\(words("--split", text) ?? "nothing")")
  }

  /// All splits in steps of 5 %: those that sum to 100 with something to train on, and no others.
  @Test func splitsByPercent() throws {
    for train in stride(from: 0, through: 100, by: 5) {
      for val in stride(from: 0, through: 100, by: 5) {
        for test in stride(from: 0, through: 100, by: 25) {
          let text = "\(train),\(val),\(test)"
          let isOne = [train, val, test] == [1, 0, 0]
          let isSplit = train > 0 && (train + val + test == 100 || isOne)
          let found = SplitFractionsText.read(text)
          #expect((found != nil) == isSplit, "\(text)")
          guard let found else { continue }
          #expect(abs(found.train - Double(train) / 100) < 1e-12, "\(text)")
          #expect(abs(found.val - Double(val) / 100) < 1e-12, "\(text)")
          #expect(abs(found.test - Double(test) / 100) < 1e-12, "\(text)")
        }
      }
    }
  }

  /// A flag, a text in a file and a list in a file say the same.
  @Test(arguments: ["70,20,10", "0.7,0.2,0.1", "60,40,0", "100,0,0", "1,0,0"])
  func allWaysOfASplit(_ text: String) throws {
    let flag = try TrainCommand.options(from: ["x", "--split", text]).values.split
    #expect(try read("split: \(text)").split == flag)
    #expect(try read("split: '\(text)'").split == flag)
    #expect(try read("split: [\(text)]").split == flag)
    #expect(
      try read("split: [ \(text.split(separator: ",").joined(separator: " , ")) ]").split == flag)
  }

  /// Lists of one to four of some numbers: one band or three are some, from 1.
  @Test func bandsOfEveryLength() throws {
    let numbers = [-1, 0, 1, 2, 7]
    var lists: [[Int]] = [[]]
    for length in 1...4 {
      let longer = lists.filter { $0.count == length - 1 }.flatMap { list in
        numbers.map { list + [$0] }
      }
      lists += longer
    }
    for list in lists where !list.isEmpty {
      let isChoice = [1, 3].contains(list.count) && list.allSatisfy { $0 >= 1 }
      let text = list.map(String.init).joined(separator: ",")
      #expect(BandChoice(text: text)?.numbers == (isChoice ? list : nil), "\(text)")
    }
    #expect(lists.count == 1 + 5 + 25 + 125 + 625)
  }

  /// A list in a list, or a mapping, is said to be wrong where it was left out of the list before.
  @Test(arguments: [
    (
      "split: [80, [5], 10, 10]",
      "c.yaml:1: 'split' expected three shares 'train,val,test' that sum to 1 or to 100, the first above 0,"
        + " got a list of 4"
    ),
    (
      "split: [80, {a: 1}, 10, 10]",
      "c.yaml:1: 'split' expected three shares 'train,val,test' that sum to 1 or to 100, the first above 0,"
        + " got a list of 4"
    ),
    (
      "bands: [4, [9], 3, 2]",
      "c.yaml:1: 'bands' expected one band or three, from 1, such as 4,3,2 or null, got a list of 4"
    ),
    (
      "bands: [{a: 1}, 2]",
      "c.yaml:1: 'bands' expected one band or three, from 1, such as 4,3,2 or null, got a list of 2"
    ),
    (
      "intensity: [0, [5], 10]",
      "c.yaml:1: 'intensity' expected two numbers low,high, the first below the second or null, got a list of 3"
    ),
    (
      "intensity: {low: 0, high: 1}",
      "c.yaml:1: 'intensity' expected two numbers low,high, the first below the second or null, got a mapping of 2"
    ),
    (
      "drop-class: [a, [b]]",
      "c.yaml:1: 'drop-class' expected a text or a list of texts, got a list of 2"
    ),
    (
      "label-columns: [a, {b: c}]",
      "c.yaml:1: 'label-columns' expected names with commas between them, or a list of names, got a list of 2"
    ),
    (
      "set: {alpha: [1]}",
      "c.yaml:1: 'set' expected a mapping from names to values, got a mapping of 1"
    ),
    (
      "bands: {}",
      "c.yaml:1: 'bands' expected one band or three, from 1, such as 4,3,2 or null, got a mapping of 0"
    ),
    (
      "class-weights: [1, 2]",
      "c.yaml:1: 'class-weights' expected inverse, square-root, effective-number, name=weight,… with each name"
        + " once, or a file or null, got a list of 2"
    ),
    (
      "class-weights: {a: much}",
      "c.yaml:1: 'class-weights' expected inverse, square-root, effective-number, name=weight,… with each name"
        + " once, or a file or null, got a mapping of 1"
    ),
    (
      "hard-normals: [a]",
      "c.yaml:1: 'hard-normals' expected column=value, or a file of paths or null, got a list of 1"
    ),
    (
      "tune: blocks",
      "c.yaml:1: 'tune' expected all, head, bias, blocks:N, lora:R, lora:R:ALPHA or adaptformer:R or null, got"
        + " 'blocks'"
    ),
  ])
  func listsOfOtherThings(_ yaml: String, _ words: String) {
    #expect(refusal(yaml) == words)
  }

  /// Scalars of a list, and of nothing else.
  @Test func joinedScalars() {
    func scalar(_ text: String) -> ConfigNode { ConfigNode(.scalar(text), line: 1) }
    #expect(ConfigNode(.list([scalar("a"), scalar("b")]), line: 1).joinedScalars == "a,b")
    #expect(ConfigNode(.list([]), line: 1).joinedScalars == "")
    #expect(
      ConfigNode(.list([scalar("a"), ConfigNode(.list([]), line: 1)]), line: 1).joinedScalars == nil
    )
    #expect(scalar("a").joinedScalars == nil)
    #expect(ConfigNode(.mapping([]), line: 1).joinedScalars == nil)
  }
}

/// `--split` by its text.
private enum SplitFractionsText {
  static func read(_ text: String) -> (train: Double, val: Double, test: Double)? {
    guard let found = try? TrainCommand.options(from: ["x", "--split", text]).values.split else {
      return nil
    }
    return (found.train, found.val, found.test)
  }
}
