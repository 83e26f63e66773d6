import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Data in which an image may have several labels, trained on as a user does.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct LabelRunTests {
  private func npy(_ type: NpyArray.Scalar, _ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    NpyArray(dtype: type, shape: shape, bytes: bytes).encoded()
  }

  /// 3 × 40 grey images of 8 × 8 pixels: label 0 is a bright top, 1 a bright left side, 2, seldom, a bright middle. Of every
  /// fifth image label 1 is not known.
  private func archive(_ path: String) throws {
    var source = RandomSource(seed: 1)
    var entries: [(name: String, bytes: [UInt8])] = []
    for (split, count) in [("train", 60), ("val", 30), ("test", 30)] {
      var (pixels, labels) = ([UInt8](), [UInt8]())
      for row in 0..<count {
        let has = [source.below(2) == 0, source.below(3) == 0, row % 10 == 0]
        for y in 0..<8 {
          for x in 0..<8 {
            let isBright =
              has[0] && y < 2 || has[1] && x < 2
              || has[2] && (3...4).contains(x) && (3...4).contains(y)
            pixels.append(UInt8(source.below(60) + (isBright ? 180 : 0)))
          }
        }
        labels += [has[0] ? 1 : 0, row % 5 == 4 ? 255 : has[1] ? 1 : 0, has[2] ? 1 : 0]
      }
      entries.append(("\(split)_images.npy", npy(.uint8, [count, 8, 8], pixels)))
      entries.append(("\(split)_labels.npy", npy(.int8, [count, 3], labels)))
    }
    try Data(zipped(entries)).write(to: URL(fileURLWithPath: path))
  }

  /// 90 rows of two features with the labels of a column each, as `write` spells what is not known.
  private func table(_ path: String, unknown: String = "") throws {
    var source = RandomSource(seed: 2)
    var lines = ["feature_0,feature_1,has_a,has_b,split"]
    for row in 0..<90 {
      let (x, y) = (source.normal(), source.normal())
      let b = row % 4 == 1 ? unknown : y > 1 ? "1" : "0"
      lines.append(
        "\(x),\(y),\(x > 0 ? 1 : 0),\(b),\(row < 50 ? "train" : row < 70 ? "val" : "test")")
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  private func train(_ arguments: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(
      ["train"] + arguments + ["--output-dir", "runs", "--experiment", "r", "--threads", "1"],
      in: folder)
  }

  @Test func aMedMNISTArchiveOfSeveralLabelsEndToEnd() throws {
    try withTemporaryFolder { folder in
      try archive(folder + "/chest.npz")
      let trained = try train(
        [
          "chest.npz", "--model", "resnet20", "--img-size", "8", "--epochs", "1", "-b", "16",
          "--augment", "none", "--json",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "target: 3 labels, 0 of them in under 1 % of images;"), "\(trained.errors)")
      #expect(
        trained.errors.contains("(the array 'train_labels' has 3 columns)"))
      #expect(
        trained.errors.contains("unknown: 6.7 % of all entries are left out of loss and metrics"))
      let summary = try JSONText.object(trained.output)
      #expect((summary["thresholds"] as? [String: Any])?.count == 3)
      let run = folder + "/runs/r"
      let test = try JSONText.object(at: run + "/metrics-test.json")
      #expect(test["average_precision_macro"] is Double && test["roc_auc_macro"] is Double)
      #expect(test["f1_macro_stored"] is Double && test["intervals"] is [String: Any])
      let rows = try #require(test["per_label"] as? [[String: Any]])
      #expect(rows.map { $0["n_known"] as? Int } == [30, 24, 30])
      #expect(rows[2]["training_count"] as? Int == 6)
      let page = try String(decoding: FileBytes.read(run + "/report.html"), as: UTF8.self)
      #expect(page.contains("test: Each label against its absence"))
      #expect(page.contains("Training: what an epoch drew of each label"))
      #expect(page.contains("by chance, so without looking: average precision is the share"))
      let chance = try #require(test["baselines"] as? [String: [String: Any]])
      let shares = rows.compactMap { row -> Double? in
        guard let has = row["n_positive"] as? Int, let known = row["n_known"] as? Int, has > 0
        else { return nil }
        return Double(has) / Double(known)
      }
      #expect(
        close(
          try #require(chance["prior"]?["average_precision_macro"] as? Double),
          shares.reduce(0, +) / Double(shares.count), relative: 1e-9))
      #expect(chance["none"]?["f1_macro"] as? Double == 0)
      #expect(chance["all"]?["recall_macro"] as? Double == 1)
      let card = try String(decoding: FileBytes.read(run + "/README.md"), as: UTF8.self)
      #expect(card.contains("type: average_precision") && card.contains("- multi-label"))
      let config = try String(decoding: FileBytes.read(run + "/config.yaml"), as: UTF8.self)
      #expect(
        config.contains("task: labels") && config.contains("eval-metric: average_precision_macro"))

      let said = try Programme.run(["predict", run, "chest.npz", "--json"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      #expect(said.errors.contains("decided by the thresholds stored with the model"))
      let listing = try JSONText.list(said.output)
      #expect(listing.count == 120 && (listing[0]["probabilities"] as? [String: Any])?.count == 3)

      let judged = try Programme.run(
        ["evaluate", run, "--split", "test", "--resamples", "0", "--json"], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
      let again = try JSONText.object(judged.output)
      #expect(
        again["average_precision_macro"] as? Double == test["average_precision_macro"] as? Double)
      let decided = try Programme.run(["decide", run, "--sensitivity", "0=0.9"], in: folder)
      #expect(decided.status == 0, "\(decided.errors)")
      #expect(decided.output.contains("what it achieves"))
      let removed = try Programme.run(["decide", run, "--remove"], in: folder)
      #expect(removed.status == 0, "\(removed.errors)")
      #expect(!FileManager.default.fileExists(atPath: run + "/decision.json"))
      let plain = try Programme.run(["predict", run, "chest.npz"], in: folder)
      #expect(plain.errors.contains("labels are said to be there from a probability of 0.5 on"))
      #expect(plain.output.hasPrefix("path,prob_0,prob_1,prob_2,y_pred\n"))

      for other in [["gate", run, run, "--require", "mcc >= -0.1"], ["audit", run]] {
        let refused = try Programme.run(other, in: folder)
        #expect(refused.status != 0)
        #expect(
          refused.errors.contains(
            "its examples may have several labels, and this is about classes"),
          "\(refused.errors)")
      }
    }
  }

  /// Shown names go through training, evaluation and other data; a test part of which nothing is known is no error.
  @Test func shownNamesAndAnUnknownTestPart() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let text = try String(decoding: FileBytes.read(folder + "/t.csv"), as: UTF8.self)
      let blank = text.split(separator: "\n").map { line -> String in
        var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if cells.last == "test" { (cells[2], cells[3]) = ("", "") }
        return cells.joined(separator: ",")
      }
      try AtomicFile.write(blank.joined(separator: "\n") + "\n", to: folder + "/t.csv")
      try AtomicFile.write("class,name\nhas_b,rare\nhas_a,common\n", to: folder + "/n.csv")
      let trained = try train(
        ["t.csv", "--label-columns", "has_*", "--epochs", "1", "--class-names", "n.csv"], in: folder
      )
      #expect(trained.status == 0, "\(trained.errors)")
      let run = folder + "/runs/r"
      let head = try String(decoding: FileBytes.read(run + "/predictions-test.csv"), as: UTF8.self)
      #expect(head.hasPrefix("path,true_rare,true_common,prob_rare,prob_common\n"))
      for more in [
        [], ["--data", "t.csv", "--label-columns", "has_*", "--split", "val", "--allow-leakage"],
      ] {
        let judged = try Programme.run(["evaluate", run, "--resamples", "0"] + more, in: folder)
        #expect(judged.status == 0, "\(judged.errors)")
        #expect(judged.output.contains("common"))
      }
      let decided = try Programme.run(["decide", run], in: folder)
      #expect(decided.status == 0, "\(decided.errors)")
      for more in [["--ordered"], ["--task", "class"], ["--unknown", "zeros"]] {
        let refused = try Programme.run(["evaluate", run] + more, in: folder)
        #expect(
          refused.errors.contains("a run of several labels is not measured with it"),
          "\(refused.errors)")
      }
    }
  }

  /// Blank and −1 are the same to the byte, and so are unknown ones that count as zeros and zeros.
  @Test func whatIsNotKnownIsSpelledInTwoWays() throws {
    try withTemporaryFolder { folder in
      func metrics(_ name: String, _ unknown: String, _ more: [String] = []) throws -> [UInt8] {
        let own = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
          atPath: own, withIntermediateDirectories: true)
        try table(own + "/t.csv", unknown: unknown)
        let trained = try train(
          ["t.csv", "--label-columns", "has_*", "--epochs", "2", "--method", "erm"] + more, in: own)
        #expect(trained.status == 0, "\(trained.errors)")
        #expect(trained.errors.contains("(rows have a 1 in several of the columns of labels)"))
        return try FileBytes.read(own + "/runs/r/predictions-test.csv")
      }
      let blank = try metrics("blank", "")
      #expect(try metrics("minus", "-1") == blank)
      #expect(try metrics("zeros", "", ["--unknown", "zeros"]) == metrics("zero", "0"))
    }
  }

  /// Killed in the middle and taken up, the run ends with the same bytes.
  @Test func aKilledRunGoesOn() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let options = [
        "t.csv", "--label-columns", "has_a,has_b", "--epochs", "3", "--checkpoint-interval", "1",
      ]
      let whole = try train(options, in: folder)
      #expect(whole.status == 0, "\(whole.errors)")
      let expected = try FileBytes.read(folder + "/runs/r/model.safetensors")
      let checkpoint = folder + "/runs/r-1/checkpoints/last.safetensors"
      let process = try Programme.start(
        ["train"] + options + ["--output-dir", "runs", "--experiment", "r", "--threads", "1"],
        in: folder)
      while process.isRunning && !FileManager.default.fileExists(atPath: checkpoint) {
        usleep(2000)
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let resumed = try Programme.run(["train", "--resume", "runs/r-1"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try FileBytes.read(folder + "/runs/r-1/model.safetensors") == expected)
    }
  }

  /// Buckets of labels with hard normals from a file, from the command line to the run's record, which holds a copy of the file:
  /// the run goes on without it.
  @Test func bucketsOfLabels() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let data = ["t.csv", "--label-columns", "has_*", "--batch-size", "8"]
      let labels = data + ["--method", "erm"]
      let buckets = ["--buckets", "none=4,hard=2,has_a=1,has_b=1"]
      let first = try train(labels + ["--epochs", "1"], in: folder)
      #expect(first.status == 0, "\(first.errors)")
      let split = try String(
        decoding: FileBytes.read(folder + "/runs/r/split.csv"), as: UTF8.self)
      let train = split.split(separator: "\n").filter { $0.contains("train") }
      let paths = train.prefix(30).compactMap { $0.split(separator: ",").first }
      try AtomicFile.write(paths.joined(separator: "\n") + "\n", to: folder + "/h.txt")
      let trained = try self.train(
        labels + buckets + ["--hard-normals", "h.txt", "--epochs", "2"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "buckets: every batch of 8 rows has 2 of hard, 1 of has_a, 1 of has_b, 4 of none"))
      #expect(trained.errors.contains("rows without any label (h.txt)"), "\(trained.errors)")
      try FileManager.default.removeItem(atPath: folder + "/h.txt")
      let resumed = try Programme.run(["train", "--resume", "runs/r-1"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      let cases: [(more: [String], words: String)] = [
        (
          ["--hard-normals", "feature_0=1"],
          "--hard-normals says which rows are a bucket of their own"
        ),
        (
          ["--method", "class-balanced"] + buckets,
          "leave out --buckets, or choose one of: erm"
        ),
      ]
      for (more, words) in cases {
        let refused = try Programme.run(["train"] + data + more + ["--dry-run"], in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
    }
  }

  @Test func whatIsOfClassesIsRefusedByName() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/t.csv")
      let labels = ["t.csv", "--label-columns", "has_*", "--dry-run"]
      let cases: [(arguments: [String], words: String)] = [
        (
          ["--method", "seesaw"],
          "seesaw knows one class an image, and the data have several labels; choose one of: erm,"
        ),
        (["--order", "has_b,has_a"], "--order is of classes, and the data have several labels"),
        (["--long-tail", "10"], "--long-tail is of classes, and the data have several labels"),
        (
          ["--eval-metric", "mcc"],
          "--eval-metric mcc is of classes, and the data have several labels an image; choose one of:"
            + " average_precision_macro, roc_auc_macro, f1_macro"
        ),
        (
          ["--task", "number"],
          "--label-columns is of classes or labels, and the target is a number"
        ),
        (["--drop-class", "nothing"], "no such class: nothing; the data have: has_a, has_b"),
      ]
      for (arguments, words) in cases {
        let refused = try Programme.run(["train"] + labels + arguments, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
      let seen = try Programme.run(
        ["inspect", "t.csv", "--label-columns", "has_a,has_b"], in: folder)
      #expect(seen.status == 0, "\(seen.errors)")
      #expect(seen.output.contains("2 labels") && seen.output.contains("without a label"))
    }
  }

  @Test func classesAreNotTakenForLabels() throws {
    try withTemporaryFolder { folder in
      var lines = ["feature_0,label"]
      for row in 0..<40 { lines.append("\(row),\(row % 2 == 0 ? "a" : "b")") }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: folder + "/c.csv")
      let plain = try Programme.run(["train", "c.csv", "--dry-run"], in: folder)
      #expect(plain.status == 0 && !plain.errors.contains("target:"), "\(plain.errors)")
      let unknown = try Programme.run(
        ["train", "c.csv", "--dry-run", "--unknown", "ones"], in: folder)
      #expect(
        unknown.errors.contains("--unknown is for several labels, and the data are read as classes")
      )
      let graded = try Programme.run(
        ["train", "c.csv", "--dry-run", "--task", "grades"], in: folder)
      #expect(
        graded.status == 0
          && graded.errors.contains(
            "the classes for grades in this order: a < b"),
        "\(graded.errors)")
    }
  }
}
