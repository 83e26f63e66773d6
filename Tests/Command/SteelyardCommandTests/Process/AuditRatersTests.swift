import Audit
import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// `audit --raters` as a person runs it.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct AuditRatersTests {
  private let good = ["ann", "bob", "cy"]

  /// 60 tinted images of two classes, rated by three raters who err now and then and by one who says one class of everything;
  /// labels, two of them wrong, and predictions of 50.
  private func draw(into folder: String) throws {
    var (table, predictions) = ("path,label\n", "path,y_true,prob_dark,prob_light\n")
    var (long, wide) = ("path,rater,label\n", "path,ann,bob,cy,dan\n")
    var source = RandomKey(seed: 5).source
    try FileManager.default.createDirectory(
      atPath: folder + "/images", withIntermediateDirectories: true)
    for number in 0..<60 {
      let isLight = number % 3 == 0
      let pixels = (0..<8 * 8 * 3).map { _ in UInt8((isLight ? 150 : 20) + source.below(60)) }
      let path = "images/\(number).png"
      try AtomicFile.write(
        PNG.encode(Image(width: 8, height: 8, channels: 3, pixels: pixels)), to: folder + "/" + path
      )
      func name(_ isLight: Bool) -> String { isLight ? "light" : "dark" }
      let given = name([5, 6].contains(number) ? !isLight : isLight)
      let p = isLight ? 0.9 + 0.05 * source.uniform() : 0.1 - 0.05 * source.uniform()
      table += "\(path),\(given)\n"
      if number < 50 { predictions += "\(path),\(given),\(1 - p),\(p)\n" }
      var own: [String] = []
      for (place, rater) in good.enumerated() {
        // Each errs on rows of its own, and cy rates two rows of three.
        let errs = number % 10 == place + 7
        let label = place == 2 && number % 3 == 1 ? "" : name(errs ? !isLight : isLight)
        own.append(label)
        if !label.isEmpty { long += "\(path),\(rater),\(label)\n" }
      }
      own.append("dark")
      long += "\(path),dan,dark\n"
      wide += path + "," + own.joined(separator: ",") + "\n"
    }
    for (name, text) in [
      ("table.csv", table), ("p.csv", predictions), ("long.csv", long), ("wide.csv", wide),
    ] {
      try AtomicFile.write(text, to: folder + "/" + name)
    }
  }

  private func summary(_ text: String) throws -> RaterSummary {
    try JSONFile.decode(RaterSummary.self, from: Array(text.utf8), name: "output")
  }

  @Test func fromRatingsToARun() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let result = try Programme.run(
        ["audit", "p.csv", "--raters", "long.csv", "-o", "raters", "--threads", "1"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        result.errors.contains(
          "p.csv: has no predictions of 10 of 60 rated rows, such as 'images/50.png'"),
        "\(result.errors)")
      #expect(
        result.output.contains("not shown to be better than chance: dan"), "\(result.output)")
      #expect(result.output.contains("dan misses light more often than the others do: 0 of "))
      #expect(result.output.contains("consensus: dawid-skene of 10 rows, crowdlab of 50 rows"))
      #expect(result.output.contains("; 2 rows have another label so far"), "\(result.output)")
      #expect(result.output.contains("rows to look at; nothing was changed"))
      let stored = try JSONFile.read(RaterSummary.self, from: folder + "/raters/raters.json")
      #expect(stored.rows == 60 && stored.raters.map(\.name) == good + ["dan"])
      #expect(stored.differing == 2 && stored.modelWeight != nil)
      // A table of the same ratings in the other form says the same.
      let json = try Programme.run(
        ["audit", "p.csv", "--raters", "wide.csv", "--json", "--threads", "1"], in: folder)
      #expect(json.status == 0, "\(json.errors)")
      #expect(try summary(json.output) == stored)
      #expect(
        json.errors.contains("wide.csv: taken as raters: ann, bob, cy, dan"), "\(json.errors)")
      let again = try Programme.run(
        ["audit", "--raters", "long.csv", "-o", "raters"], in: folder)
      #expect(again.status == 64 && again.errors.contains("--overwrite"), "\(again.errors)")
      // The consensus is what training needs.
      let run = try Programme.run(
        [
          "train", "table.csv", "--corrections", "raters/consensus.csv", "--model", "resnet20",
          "--img-size", "8", "--epochs", "1", "--batch-size", "8", "--threads", "1", "--amp", "off",
          "--no-tensorboard", "--experiment", "run", "--method", "erm",
        ], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("2 labels set right by consensus.csv"), "\(run.errors)")
      let split = String(
        decoding: try FileBytes.read(folder + "/runs/run/split.csv"), as: UTF8.self)
      #expect(split.contains("images/6.png,light,") && split.contains("images/5.png,dark,"))
    }
  }

  @Test func withoutPredictions() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      let result = try Programme.run(
        [
          "audit", "--raters", "wide.csv", "--rater-columns", "ann,bob,cy", "--ordered",
          "--threads", "1", "-o", "r",
        ], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("consensus: dawid-skene of 60 rows ("), "\(result.output)")
      #expect(result.output.contains(", ordinal "), "\(result.output)")
      #expect(result.errors.contains("order of the classes: dark, light"), "\(result.errors)")
      let votes = try Programme.run(
        [
          "audit", "--raters", "wide.csv", "--rater-columns", "ann,bob,cy", "--consensus",
          "majority", "--json", "--threads", "1", "--quiet",
        ], in: folder)
      #expect(votes.status == 0 && votes.errors.isEmpty, "\(votes.errors)")
      let stored = try summary(votes.output)
      #expect(stored.methods == ["majority": 60] && stored.raters.count == 3)
      #expect(stored.differing == nil && stored.modelWeight == nil)
    }
  }

  @Test func mistakesAreSaid() throws {
    try withTemporaryFolder { folder in
      try draw(into: folder)
      try AtomicFile.write("path,rater,label\na,ann,x\na,ann,y\n", to: folder + "/two.csv")
      try AtomicFile.write("path,rater,label\na,ann,x\nb,bob,y\n", to: folder + "/apart.csv")
      try AtomicFile.write("path,rater,label\na,ann,dark\na,bob,lihgt\n", to: folder + "/name.csv")
      try AtomicFile.write("path,rater,label\na,ann,dark\na,bob,light\n", to: folder + "/other.csv")
      try AtomicFile.write("", to: folder + "/empty.csv")
      for (option, value) in [
        ("--data", "table.csv"), ("--run", "r"), ("--features", "f.npz"), ("--gradients", nil),
        ("--explain", "a.png"), ("--filter", "both"), ("--rank-by", "self-confidence"),
        ("--first", "dark"), ("--early-epochs", "2"),
      ] as [(String, String?)] {
        let result = try Programme.run(
          ["audit", "--raters", "long.csv", option] + (value.map { [$0] } ?? []), in: folder)
        #expect(result.status == 64, "\(option): \(result.status) \(result.errors)")
        #expect(
          result.errors.contains("\(option): it does not go with --raters"), "\(result.errors)")
      }
      for (arguments, status, words) in [
        (["--raters", "empty.csv"], Int32(2), "is empty, expected a header line"),
        (["--raters", "two.csv"], 2, "two.csv:3: 'ann' rates 'a' as 'y', and on line 2 as 'x'"),
        (["--raters", "apart.csv"], 2, "none of its 2 rows has ratings of two raters"),
        (["p.csv", "--raters", "name.csv"], 2, "name.csv:3: 'lihgt' is none of the classes"),
        (["p.csv", "--raters", "other.csv"], 2, "p.csv: has no row of other.csv with two ratings"),
        (["--raters", "table.csv"], 2, "table.csv: expected a column rater"),
        (
          ["--raters", "wide.csv", "--rater-columns", "ann,bop"], 2,
          "wide.csv: has no column 'bop'; did you mean 'bob'?"
        ),
        (["--raters", "wide.csv", "--rater-columns", "ann"], 64, "--rater-columns: expected"),
        (
          ["p.csv", "--rater-columns", "ann,bob"], 64, "--rater-columns: it is of labels of several"
        ),
        (
          ["p.csv", "--consensus", "majority"], 64, "--consensus: it is of labels of several raters"
        ),
        (
          ["--raters", "long.csv", "--consensus", "crowdlab"], 64,
          "--consensus crowdlab: it needs predictions"
        ),
        (["--raters", "long.csv", "--split", "test"], 64, "--split: it says how predictions are"),
        (
          ["p.csv", "--class-names", "n.txt"], 64,
          "--class-names: it names the columns of --probabilities"
        ),
      ] {
        let result = try Programme.run(["audit"] + arguments, in: folder)
        #expect(result.status == status, "\(arguments): \(result.status) \(result.errors)")
        #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
      }
    }
  }
}
