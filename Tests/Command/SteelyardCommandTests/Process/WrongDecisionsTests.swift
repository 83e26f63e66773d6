import Files
import Foundation
import TestSupport
import Testing

/// What is typed wrongly of a rule ends with 64, what validation cannot keep with 2, and nothing is written.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct WrongDecisionsTests {
  private func table(in folder: String) throws {
    let rows = (0..<40).map { row in
      let p = 0.1 + 0.02 * Double(row)
      return "\(row).png,\(row % 3 == 0 ? "cat" : "dog"),\(p),\(1 - p)\n"
    }
    try AtomicFile.write(
      "path,y_true,prob_cat,prob_dog\n" + rows.joined(), to: FilePath.join(folder, "val.csv"))
  }

  static let cases: [(flags: [String], status: Int32, words: String)] = [
    (["--sensitivity", "cta=0.9"], 64, "no class 'cta'; the classes are 'cat', 'dog'"),
    (["--workload", "cat=20"], 64, "work load ≤ 20.0: expected a fraction above 0 and at most 1"),
    (["--coverage", "90"], 64, "a coverage or risk of 90.0: expected a fraction between 0 and 1"),
    (
      ["--target-prior", "cat=0.5,dog=0.6"], 64,
      "expected prevalences that sum to 1, got a sum of 1.1"
    ),
    (["--target-prior", "cat=0.5, dgo=0.5"], 64, "there is no class 'dgo', only cat, dog"),
    (["--target-prior", "cat=0.5,cat=0.5"], 64, "target-prior: 'cat' is given twice"),
    (
      ["--sensitivity", "cat=0.99", "--promised"], 2,
      "cannot be promised with confidence 0.95 from 14"
    ),
    (["--target-prior", "cat=0.5, dog=0.5"], 0, ""),
  ]

  @Test(arguments: cases.indices) func endsAsItShould(_ index: Int) throws {
    let one = Self.cases[index]
    try withTemporaryFolder { folder in
      try table(in: folder)
      let ended = try Programme.run(
        ["decide", "val.csv", "--output", "rule.json"] + one.flags, in: folder)
      #expect(ended.status == one.status, "\(one.flags): \(ended.errors)")
      #expect(one.words.isEmpty || ended.errors.contains(one.words), "\(ended.errors)")
      let isThere = FileManager.default.fileExists(atPath: FilePath.join(folder, "rule.json"))
      #expect(isThere == (one.status == 0))
    }
  }

  @Test func aTableThatIsNotThereIsNoRun() throws {
    try withTemporaryFolder { folder in
      let ended = try Programme.run(["evaluate", "nowhere.csv"], in: folder)
      #expect(ended.status == 1 && ended.output.isEmpty)
      #expect(ended.errors.contains("nowhere.csv: no such file or folder"), "\(ended.errors)")
    }
  }
}
