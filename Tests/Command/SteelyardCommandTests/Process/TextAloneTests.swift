import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Tables that have texts and no number beside them.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct TextAloneTests {
  private func table(_ path: String, header: String, count: Int, seed: UInt64) throws {
    var source = RandomSource(seed: seed)
    let rows = (0..<count).map { row in
      "r\(row),word\(source.below(9)) word\(source.below(9)) row\(row),\(source.normal())"
    }
    try AtomicFile.write(([header] + rows).joined(separator: "\n") + "\n", to: path)
  }

  @Test func textsAloneAreTrainedOnAndFoundInOtherSpellings() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv", header: "id,essay,score", count: 80, seed: 1)
      let trained = try Programme.run(
        [
          "train", "t.csv", "--input", "features", "--label-column", "score", "--task", "number",
          "--text-columns", "Essay", "--text-size", "100", "--text-slots", "256", "--model",
          "linear", "--epochs", "1", "-b", "16", "--threads", "1", "--no-tensorboard",
          "--output-dir", "runs", "--experiment", "r",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("text: Essay is "), "\(trained.errors)")
      // The column is spelled in another way, and none of its rows has a text.
      try AtomicFile.write("id,ESSAY\na,\nb,\n", to: folder + "/new.csv")
      let said = try Programme.run(
        ["predict", "runs/r", "new.csv", "-o", "said.csv"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      let rows = String(decoding: try FileBytes.read(folder + "/said.csv"), as: UTF8.self)
      #expect(rows.split(separator: "\n").count == 3, "\(rows)")
    }
  }
}
