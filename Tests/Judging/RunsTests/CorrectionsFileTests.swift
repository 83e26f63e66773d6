import Datasets
import Files
import Runs
import TestSupport
import Testing

@Suite struct CorrectionsFileTests {
  private let data = Dataset(
    name: "d", layout: .manifest,
    examples: [("a.png", "cat"), ("b.png", "dog"), ("c.png", "dog"), ("d.png", "cat")].map {
      Example(path: $0, source: .file("/" + $0), label: $1, file: "t.csv")
    })

  private func apply(_ table: String) throws -> CorrectionsFile.Outcome {
    try withTemporaryFolder { folder in
      try AtomicFile.write(table, to: folder + "/c.csv")
      return try CorrectionsFile.apply(folder + "/c.csv", to: data)
    }
  }

  @Test func labelsAreSetRightAndExamplesLeftOut() throws {
    let outcome = try apply(
      "path,given,suggested,label\na.png,cat,dog,dog\nb.png,dog,cat,\nc.png,dog,cat,-\n")
    #expect(outcome.data.examples.map(\.path) == ["a.png", "b.png", "d.png"])
    #expect(outcome.data.examples.map(\.label) == ["dog", "dog", "cat"])
    #expect((outcome.changed, outcome.unchanged, outcome.leftOut) == (1, 1, 1))
    #expect(
      outcome.data.reading.notes.map(\.description)
        == ["1 label set right by c.csv, and 1 example left out"])
  }

  @Test func whatIsNotThereIsRefusedByName() throws {
    for (row, words) in [
      ("x.png,cat,dog", "'x.png' is not in the data"),
      ("a.png,dog,cat", "the image 'a.png' is 'dog' here but 'cat' in the data"),
      ("a.png,cat,dgo", "no image of the data is of class 'dgo'; did you mean 'dog'?"),
      ("a.png,cat,dog\na.png,cat,dog", "a.png"),
    ] {
      let error = #expect(throws: DatasetError.self) { try apply("path,given,label\n\(row)\n") }
      #expect(error.map { "\($0)".contains(words) && "\($0)".contains("c.csv:") } == true, "\(row)")
    }
    let error = #expect(throws: DatasetError.self) { try apply("path,given\na.png,cat\n") }
    #expect(error.map { "\($0)".contains("need the columns path and label") } == true)
  }
}
