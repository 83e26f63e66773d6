import Datasets
import Files
import Randomness
import Runs
import TestSupport
import Testing

/// Names that a folder may have and a table makes awkward: blanks at their ends, separators, quotes, line breaks.
@Suite struct OddNamesTests {
  private static let names = [
    " a/1.png", "a/1.png ", "b\t/2.png", "c,d/3.png", "e\"f/4.png", "g\nh/5.png", "\u{FEFF}i/6.png",
    "j\u{200B}", "#k.png", "=1+1.png", "é/7.png", "'l'.png", "m;n|o.png", " ",
    "\"\"", "~",
  ]
  private static let data = Dataset(
    name: "d", layout: .manifest,
    examples: names.enumerated().map { number, name in
      Example(
        path: name, source: .file("/x"), label: number % 2 == 0 ? " cat" : "dog, \"small\" ",
        split: [.train, .val, .test][number % 3], group: number % 3 == 0 ? "p \(number)\n" : nil,
        file: "t.csv")
    })

  @Test func aSplitComesBack() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/split.csv"
      try SplitFile.write(Self.data, to: path)
      var bare = Self.data
      for index in bare.examples.indices { bare.examples[index].split = nil }
      #expect(try SplitFile.apply(path, to: bare).examples == Self.data.examples)
      let training = try SplitFile.images(of: .train, in: path)
      let expected = Self.data.examples.filter { $0.split == .train }
      #expect(training.map(\.path) == expected.map(\.path))
      #expect(training.map(\.group) == expected.map { $0.group ?? "" })
      #expect(training.map(\.label) == expected.map { $0.label ?? "" })
    }
  }

  @Test func imagesComeBack() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("lr: 1\n", to: folder + "/config.yaml")
      let run = try RunDirectory(existing: folder)
      let digests = Self.names.indices.map { "d\($0)" }
      try RunImages.write(Self.data, digests: digests, to: run.images)
      #expect(
        try RunImages.digests(of: run)
          == Dictionary(uniqueKeysWithValues: zip(Self.names, digests)))
      let training = try TrainingImages(of: run)
      let expected = Self.data.examples.filter { $0.split == .train }
      #expect(training.paths == Set(expected.map(\.path)))
      #expect(training.groups == Set(expected.compactMap(\.group)))
    }
  }

  @Test func correctionsFindThem() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/corrections.csv"
      try DelimitedWriter.write(
        columns: ["path", "given", "label"],
        rows: Self.data.examples.map { [$0.path, $0.label ?? "", "dog, \"small\" "] }, to: path)
      let outcome = try CorrectionsFile.apply(path, to: Self.data)
      #expect(outcome.changed == 8 && outcome.unchanged == 8 && outcome.leftOut == 0)
      #expect(outcome.data.examples.allSatisfy { $0.label == "dog, \"small\" " })
    }
  }

  @Test func foldsAndRecordsComeBack() throws {
    try withTemporaryFolder { folder in
      let folds = FoldTable(
        Self.data.examples.enumerated().map { number, example in
          FoldTable.Row(
            path: example.path, label: example.label ?? "", group: example.group ?? "",
            fold: 1 + number % 4)
        })
      try folds.write(to: folder + "/folds.csv")
      #expect(try FoldTable.read(folder + "/folds.csv") == folds)
      // Numbers at the ends of what a float holds, and none.
      let numbers: [Float] = [0, -0, 1e-45, 3.4e38, 1.1754944e-38, 0.1, .infinity, -2.5e-7]
      let rows = Self.names.enumerated().map { number, name in
        ExampleRecords.Row(
          path: name, epoch: 1 + number, step: 7, loss: numbers[number % numbers.count],
          margin: number % 3 == 0 ? nil : -numbers[(number + 3) % numbers.count],
          isCorrect: number % 2 == 0, errorNorm: numbers[(number + 1) % numbers.count],
          gradientNorm: number % 4 == 0 ? nil : 1 / 3, weight: 0.7)
      }
      var file = try GrowingFile(
        beginning: folder + "/examples.csv", with: ExampleRecords.header)
      for row in rows { try file.append(row.line) }
      #expect(try ExampleRecords.read(folder + "/examples.csv").rows == rows)
      // Taken up after any row, whatever line breaks its name holds.
      let half = (rows.prefix(8).map(\.line).joined() + ExampleRecords.header).utf8.count
      _ = try GrowingFile(resuming: folder + "/examples.csv", at: half)
      #expect(
        try ExampleRecords.read(folder + "/examples.csv").rows
          == Array(rows.prefix(8)))
    }
  }
}
