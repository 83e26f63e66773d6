import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// `fuse`, as a user asks for it.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct FuseTests {
  /// Predictions of 160 images of two classes, and a table with two columns of them: one that helps, one of noise.
  private func tables(in folder: String, splits: Bool) throws {
    var source = RandomSource(seed: 4)
    var (said, table) = (
      ["path,y_true,prob_a,prob_b,group" + (splits ? ",split" : "")], ["image,marker,hour"]
    )
    for row in 0..<160 {
      let isB = (row / 2) % 3 == 0
      let p = 1 / (1 + exp(-(source.normal() + (isB ? 0.6 : -0.6))))
      let part = splits ? row < 80 ? ",val" : ",test" : ""
      said.append("\(row).png,\(isB ? "b" : "a"),\(1 - p),\(p),g\(row / 2)\(part)")
      let marker = source.below(10) < 8 ? isB : !isB
      table.append("\(row).png,\(marker ? "yes" : "no"),\(source.below(24))")
    }
    try AtomicFile.write(said.joined(separator: "\n") + "\n", to: folder + "/p.csv")
    let ordered = [table[0]] + table.dropFirst().reversed()
    try AtomicFile.write(ordered.joined(separator: "\n") + "\n", to: folder + "/t.csv")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  private let asked = ["--table", "t.csv", "--columns", "marker,hour", "--resamples", "200"]

  @Test func theHeadIsFittedJudgedStoredAndFollowed() throws {
    try withTemporaryFolder { folder in
      try tables(in: folder, splits: true)
      let made = try Programme.run(
        ["fuse", "p.csv", "--output-dir", "fused"] + asked, in: folder)
      #expect(made.status == 0, "\(made.errors)")
      for words in [
        "left out", "roc_auc_ovr", "average_precision", "image scores", "marker", "hour",
        "the head is fitted to validation",
        "marker: 2 words ('no', 'yes')\n", "hour: numbers\n",
      ] {
        #expect(made.output.contains(words), "\(made.output)")
      }
      #expect(made.output.hasSuffix("\n") && !made.output.hasSuffix("\n\n"))
      let again = try Programme.run(
        ["fuse", "p.csv", "--output-dir", "fused"] + asked, in: folder)
      #expect(again.status == 64, "\(again.errors)")
      #expect(
        again.errors.contains(
          "output-dir: fused/fusion.json exists; replace it with --overwrite"), "\(again.errors)")
      let replaced = try Programme.run(
        ["fuse", "p.csv", "--output-dir", "fused", "--overwrite"] + asked, in: folder)
      #expect(replaced.status == 0 && replaced.output == made.output, "\(replaced.errors)")
      let json = try object(
        String(decoding: FileBytes.read(folder + "/fused/metrics-fusion.json"), as: UTF8.self))
      #expect(json["n"] as? Int == 80 && json["folds"] == nil && json["seed"] as? Int == 0)
      #expect(json["table"] as? String == "t.csv" && (json["columns"] as? [Any])?.count == 2)
      let parts = try #require(json["left_out"] as? [[String: Any]])
      #expect(parts.count == 4)
      let followed = try Programme.run(
        [
          "fuse", "p.csv", "--head", "fused/fusion.json", "--table", "t.csv", "--output-dir", "all",
        ],
        in: folder)
      #expect(followed.status == 0, "\(followed.errors)")
      // The same head on the same rows says the same.
      func lines(_ file: String) throws -> [Substring] {
        String(decoding: try FileBytes.read(folder + "/" + file), as: UTF8.self)
          .split(separator: "\n")
      }
      let all = Set(try lines("all/predictions-fused.csv"))
      #expect(all.count == 161)
      #expect(all.isSuperset(of: try lines("fused/predictions-fused.csv")))
      let judged = try Programme.run(
        ["evaluate", "fused/predictions-fused.csv", "--resamples", "0"], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
    }
  }

  @Test func withoutOtherRowsFoldsJudge() throws {
    try withTemporaryFolder { folder in
      try tables(in: folder, splits: false)
      let shown = try Programme.run(["fuse", "p.csv", "--json"] + asked, in: folder)
      #expect(shown.status == 0, "\(shown.errors)")
      let json = try object(shown.output)
      #expect(json["n"] as? Int == 160 && json["folds"] as? Int == 5)
    }
  }

  @Test func rowsOfTheTableThatAreOfNoPredictionAreCounted() throws {
    try withTemporaryFolder { folder in
      try tables(in: folder, splits: false)
      let text = String(decoding: try FileBytes.read(folder + "/t.csv"), as: UTF8.self)
      try AtomicFile.write(text + "x.png,yes,3\n", to: folder + "/more.csv")
      let made = try Programme.run(
        ["fuse", "p.csv", "--table", "more.csv", "--columns", "marker", "--resamples", "20"],
        in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(
        made.errors.contains(
          "more.csv: 1 of its 161 rows are of none of the predictions, and are passed over"),
        "\(made.errors)")
    }
  }

  /// What would have no effect is refused, as are rows that the model has learned from.
  @Test func whatHasNoEffectOrWouldFlatterIsRefused() throws {
    try withTemporaryFolder { folder in
      try tables(in: folder, splits: true)
      let text = String(decoding: try FileBytes.read(folder + "/p.csv"), as: UTF8.self)
      try AtomicFile.write(text.replacing(",test", with: ",train"), to: folder + "/learned.csv")
      let cases: [(arguments: [String], words: String)] = [
        (
          ["learned.csv", "--table", "t.csv", "--columns", "marker"],
          "learned.csv: 80 of its rows are of split train, from which the model has learned; expected rows of val and test, got"
            + " train, val; leave those of train out"
        ),
        (
          ["p.csv", "--table", "t.csv", "--columns", "marker", "--folds", "4"],
          "folds: rows of split test judge, so there are no folds; leave --folds out"
        ),
        (
          ["p.csv", "--table", "t.csv", "--head", "f.json", "--output-dir", "x", "--seed", "1"],
          "--head judges nothing; leave --folds, --seed and --json out."
        ),
      ]
      for (arguments, words) in cases {
        let refused = try Programme.run(["fuse"] + arguments, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
    }
  }

  @Test func mistakesAreNamed() throws {
    try withTemporaryFolder { folder in
      try tables(in: folder, splits: false)
      try AtomicFile.write("image,marker\n0.png,yes\n", to: folder + "/short.csv")
      try AtomicFile.write("image,marker\n0.png,yes\n0.png,no\n", to: folder + "/twice.csv")
      let cases: [(arguments: [String], words: String)] = [
        (
          ["--table", "t.csv", "--columns", "markr"],
          "t.csv: has no column 'markr'; did you mean 'marker'? found: image, marker, hour"
        ),
        (
          ["--table", "short.csv", "--columns", "marker"],
          "short.csv: has no row for 159 of the predictions, '1.png' among them"
        ),
        (
          ["--table", "twice.csv", "--columns", "marker"],
          "twice.csv: names '0.png' twice; keep one of the rows"
        ),
        (
          ["--table", "t.csv", "--columns", "marker,marker"],
          "columns: expected different names with commas between them, got 'marker,marker'"
        ),
        (
          ["--table", "t.csv", "--columns", "marker", "--categories", "hour"],
          "columns: 'hour' is a category and not among --columns marker"
        ),
        (["--columns", "marker"], "name it with --table"),
        (["--table", "t.csv"], "--columns: name the columns to fuse"),
      ]
      for (arguments, words) in cases {
        let refused = try Programme.run(["fuse", "p.csv"] + arguments, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
    }
  }
}
