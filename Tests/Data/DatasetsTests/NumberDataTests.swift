import Datasets
import Files
import Foundation
import Randomness
import Sampling
import TestSupport
import Testing

/// Data whose examples have a number each: every way in, what speaks for it, how it is split, and what is refused.
@Suite struct NumberDataTests {
  private func table(_ cells: [String], in folder: String) throws -> String {
    try Fixture.images(cells.indices.map { "\($0).png" }, in: folder)
    let rows = [["path", "label"]] + cells.enumerated().map { ["\($0).png", $1] }
    try Fixture.file("\(folder)/t.csv", rows.map { DelimitedWriter.line($0) }.joined())
    return "\(folder)/t.csv"
  }

  @Test func aColumnOfNumbers() throws {
    try withTemporaryFolder { folder in
      let path = try table(["3.5", "-1e2", "7", " 0.25"], in: folder)
      let data = try Dataset.open(path, labels: .number)
      #expect(data.target == .number("label") && data.numberName == "label")
      #expect(data.labelNames == nil)
      #expect(data.examples.map(\.number) == [3.5, -100, 7, 0.25])
      #expect(data.numbers(of: [2, 0]) == [7, 3.5])
      let names = try data.trainingNumber().names
      #expect(names == ["label"])
      let sign = try #require(NumberSign.found(at: path))
      #expect(sign.sign == "the column 'label' holds numbers such as 3.5")
      // As classes they are what they are spelled as.
      let classes = try Dataset.open(path)
      #expect(classes.target == .classes && classes.examples.allSatisfy { $0.number == nil })
    }
  }

  /// Whole numbers, words, lists, and a few values that repeat say nothing for a number; blanks do not speak against it.
  @Test(
    arguments: [
      (["1", "2", "3.0"], false), (["1.5", "cat"], false), (["1.5|2", "3"], false),
      (["1.5", "", "2"], true), (["0x1.8p1", "2"], false), (["nan", "1.5"], false),
      (["1e-3", "2"], true),
      (Array(repeating: ["0.0", "0.5", "1.0"], count: 5).flatMap { $0 }, false),
      (Array(repeating: ["0.0", "0.5", "1.0"], count: 4).flatMap { $0 }, true),
    ])
  func whatSpeaksForANumber(cells: [String], isNumber: Bool) throws {
    try withTemporaryFolder { folder in
      let path = try table(cells, in: folder)
      #expect((NumberSign.found(at: path) != nil) == isNumber, "\(cells)")
    }
  }

  @Test func featuresOfATable() throws {
    try withTemporaryFolder { folder in
      try Fixture.file(
        folder + "/f.csv",
        "id,feature_0,feature_1,age,split\na,1,2,30.5,train\nb,3,4,41,train\nc,5,6,28.25,test\n")
      let columns = ColumnNames(label: "age")
      let path = folder + "/f.csv"
      #expect(
        NumberSign.found(at: path, columns: columns)?.sign
          == "the column 'age' holds numbers such as 30.5")
      let data = try Dataset.open(path, labels: .number, columns: columns)
      #expect(data.numberName == "age" && data.examples.map(\.number) == [30.5, 41, 28.25])
      #expect(data.rows?.width == 2)
    }
  }

  @Test func featuresOfAnArchive() throws {
    try withTemporaryFolder { folder in
      func npy(_ type: NpyArray.Scalar, _ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
        NpyArray(dtype: type, shape: shape, bytes: bytes).encoded()
      }
      func bytes(_ numbers: [Float]) -> [UInt8] {
        numbers.flatMap { number in
          withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
        }
      }
      let path = folder + "/f.npz"
      try Fixture.file(
        path,
        zipped([
          ("features.npy", npy(.float32, [3, 2], bytes([1, 2, 3, 4, 5, 6]))),
          ("y.npy", npy(.float32, [3], bytes([0.5, 2, -3.25]))),
        ]))
      #expect(NumberSign.found(at: path)?.sign == "the array 'y' holds numbers such as 0.5")
      let data = try Dataset.open(path, labels: .number)
      #expect(data.numberName == "y" && data.examples.map(\.number) == [0.5, 2, -3.25])
      // Classes are texts or whole numbers; features to predict on may have any.
      #expect(Fixture.message(path).contains("expected texts or whole numbers, found 0.5"))
      let unlabelled = try Dataset.open(path, labels: .optional)
      #expect(unlabelled.examples.count == 3)
    }
  }

  @Test func whatIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = try table(["3.5", "old", "", "inf"], in: folder)
      let text = Fixture.message(folder, "t.csv", labels: .number)
      #expect(path.hasSuffix("t.csv"))
      #expect(text.contains("the label is empty"), "\(text)")
      let words = try table(["3.5", "old", "4", "inf"], in: folder)
      #expect(words == path)
      let refused = Fixture.message(folder, "t.csv", labels: .number)
      #expect(
        refused.contains(
          "t.csv:3: the label is 'old', expected a finite number with a point, as the target is a number"
        ),
        "\(refused)")
      #expect(refused.contains("t.csv:5: the label is 'inf'"))
      _ = try table(["2.5", "2.5"], in: folder)
      let same = try Dataset.open(path, labels: .number)
      let error = #expect(throws: DatasetError.self) { try same.trainingNumber() }
      #expect(
        "\(error.map { "\($0)" } ?? "")".contains("label is 2.5 in all training examples"))
    }
  }

  /// Each part has its share of every range, to one group, and no group lies in two.
  @Test func splitsAreEvenOverRangesAndKeepGroups() throws {
    try withTemporaryFolder { folder in
      var source = RandomSource(seed: 4)
      var lines = ["feature_0,age,patient"]
      for row in 0..<600 {
        let z = source.normal()
        lines.append("\(source.normal()),\(40 + 8 * z + (z > 1.6 ? 30 : 0)),p\(row / 2)")
      }
      try Fixture.file(folder + "/f.csv", lines.joined(separator: "\n") + "\n")
      let data = try Dataset.open(
        folder + "/f.csv", labels: .number, columns: ColumnNames(label: "age", group: "patient"),
        input: .features)
      let result = try Splitter(key: RandomKey(seed: 1)).split(data)
      let examples = result.dataset.examples
      let bins = ValueBins(of: examples.compactMap(\.number), count: NumberTable.binCount)
      for split in Split.allCases {
        let part = examples.filter { $0.split == split }
        let share = Double(part.count) / 600
        for range in 0..<bins.count {
          let all = examples.count { bins.place($0.number ?? .nan) == range }
          let own = part.count { bins.place($0.number ?? .nan) == range }
          #expect(
            abs(Double(own) - share * Double(all)) <= max(2.5, 0.05 * Double(all)),
            "\(split) \(range)")
        }
      }
      let homes = Dictionary(grouping: examples, by: \.group).mapValues { Set($0.map(\.split)) }
      #expect(homes.values.allSatisfy { $0.count == 1 })
      #expect(
        result.statements.first?.text(of: "range")
          == "split into train, val, test, stratified by range; 300 groups, each in one split only")
    }
  }
}
