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
}
