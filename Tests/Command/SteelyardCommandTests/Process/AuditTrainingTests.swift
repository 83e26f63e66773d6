import Audit
import Files
import Foundation
import Randomness
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// What `audit` says of the training of a run, as a person asks for it.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct AuditTrainingTests {
  /// Three clouds of 600, 200 and 60 rows to learn from, 8 % of them under another label, and 60 clean rows beside them.
  ///
  /// - Returns: the rows whose label is wrong.
  private func draw(into folder: String, seed: UInt64) throws -> Set<String> {
    var source = RandomKey(seed: seed).source
    var (wrong, text): (Set<String>, String) = ([], "path,label,split")
    for place in 0..<8 { text += ",feature_\(place)" }
    text += "\n"
    func row(_ name: String, _ label: Int, _ cloud: Int, _ part: String) {
      text += "\(name),c\(label),\(part)"
      for place in 0..<8 { text += ",\(source.normal() + (place == cloud ? 4 : 0))" }
      text += "\n"
    }
    for (cloud, count) in [600, 200, 60].enumerated() {
      for number in 0..<count {
        let isWrong = source.uniform() < 0.08
        let name = "c\(cloud)-\(number)"
        if isWrong { wrong.insert(name) }
        row(name, isWrong ? (cloud + 1 + source.below(2)) % 3 : cloud, cloud, "train")
      }
      for number in 0..<20 {
        row("held-\(cloud)-\(number)", cloud, cloud, number % 2 == 0 ? "val" : "test")
      }
    }
    try AtomicFile.write(text, to: folder + "/f.csv")
    return wrong
  }

  private func train(_ folder: String, _ more: [String]) throws -> Programme.Result {
    try Programme.run(
      [
        "train", "f.csv", "--input", "features", "--method", "erm", "--epochs", "12",
        "--batch-size", "32", "--lr", "0.05", "--threads", "1", "--amp", "off",
        "--no-tensorboard", "--experiment", "run",
      ] + more, in: folder)
  }

  /// The probability that a wrong row has a larger value than a right one.
  private func area(_ values: [String: Double], _ wrong: Set<String>) -> Double {
    let (bad, good) = (
      values.filter { wrong.contains($0.key) }.values,
      values.filter { !wrong.contains($0.key) }
        .values
    )
    let wins = bad.reduce(0.0) { sum, one in
      sum + good.reduce(0.0) { $0 + (one > $1 ? 1 : one == $1 ? 0.5 : 0) }
    }
    return wins / Double(bad.count * good.count)
  }

  private func columns(_ file: String) throws -> (names: [String], rows: [[String]]) {
    var reader = try DelimitedReader(path: file)
    let names = reader.columns
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.fields) }
    return (names, rows)
  }

  private func audited(_ text: String) throws -> AuditSummary {
    try JSONFile.decode(AuditSummary.self, from: Array(text.utf8), name: "output")
  }

  /// Planted errors are hard by every measure but VoG, which is no better at finding them than chance.
  @Test func plantedErrorsAreHard() throws {
    try withTemporaryFolder { folder in
      let wrong = try draw(into: folder, seed: 31)
      let trained = try train(folder, ["--record", "examples", "--keep-checkpoints", "12"])
      #expect(trained.status == 0, "\(trained.errors)")
      let plain = try Programme.run(["audit", "runs/run", "-o", "plain"], in: folder)
      #expect(plain.status == 0, "\(plain.errors)")
      #expect(plain.output.contains("hard is not wrong"), "\(plain.output)")
      #expect(
        plain.output.contains(
          "not vog: needs a pass over the training images with the weights of the 12 kept epochs:"
            + " steelyard audit runs/run --gradients"), "\(plain.output)")
      let result = try Programme.run(
        ["audit", "runs/run", "--gradients", "--threads", "1", "-o", "hard", "--json"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let summary = try #require(try audited(result.output).hard)
      #expect(summary.measures.map(\.name) == HardMeasure.allCases && summary.lacking.isEmpty)
      // 860 rows that were learned from, 30 that were audited.
      #expect(summary.examples == 890)
      let (names, rows) = try columns(folder + "/hard/hard.csv")
      for measure in HardMeasure.allCases where measure != .pvi {
        let place = try #require(names.firstIndex(of: measure.rawValue))
        let sign = measure.isHardWhenLow ? -1.0 : 1
        let values = Dictionary(
          uniqueKeysWithValues: rows.compactMap { row in
            Double(row[place]).map { (row[0], sign * $0) }
          })
        // A step that is not full is left out, so that a row may have no record of the first epochs.
        #expect(values.count > 840 && values.count <= 860, "\(measure): \(values.count)")
        let area = self.area(values, wrong)
        if measure == .vog {
          #expect(area < 0.6, "\(area)")
        } else {
          #expect(area > 0.95, "\(measure): \(area)")
        }
        // Handed out at random, the same values find nothing: a standard deviation is about .035, of a mean of 20 .008.
        let (paths, numbers) = (
          values.keys.sorted(), values.sorted { $0.key < $1.key }.map(\.value)
        )
        let mean =
          (0..<20).reduce(0.0) { sum, round in
            var source = RandomKey(seed: 7).folding(round).source
            let order = source.shuffle(numbers.count)
            let shuffled = Dictionary(
              uniqueKeysWithValues: paths.indices.map { (paths[$0], numbers[order[$0]]) })
            return sum + self.area(shuffled, wrong)
          } / 20
        #expect(abs(mean - 0.5) < 0.05, "\(measure): \(mean)")
      }
      let pvi = try #require(names.firstIndex(of: "pvi"))
      let held = rows.filter { !$0[pvi].isEmpty }
      #expect(held.count == 30 && held.allSatisfy { $0[0].hasPrefix("held-") })
      let page = String(decoding: try FileBytes.read(folder + "/hard/audit.html"), as: UTF8.self)
      #expect(page.contains("Hard is not wrong") && page.contains("id=\"hard\""))
    }
  }

  /// A run without records says what each measure needs; no row of an array has a name to be known by.
  @Test func whatIsLackingIsNamed() throws {
    try withTemporaryFolder { folder in
      _ = try draw(into: folder, seed: 32)
      let trained = try train(folder, ["--epochs", "2"])
      #expect(trained.status == 0, "\(trained.errors)")
      let result = try Programme.run(["audit", "runs/run"], in: folder)
      let again = "steelyard train --config runs/run/config.yaml"
      #expect(
        result.output.contains(
          "not aum, el2n, grand, forgetting: needs the records of a training run: \(again) --record examples"
        ), "\(result.output)")
      #expect(
        result.output.contains(
          "not vog: needs the weights of two epochs or more: \(again) --keep-checkpoints 2"),
        "\(result.output)")
      let p = NpyArray(
        dtype: .float32, shape: [2, 2],
        bytes: [Float(0.5), 0.5, 0.5, 0.5].withUnsafeBytes { Array($0) })
      try AtomicFile.write(p.encoded(), to: folder + "/P.npy")
      try AtomicFile.write("label\n0\n1\n", to: folder + "/L.csv")
      for (arguments, status, words) in [
        (["audit", "runs/run", "--gradients"], Int32(64), "kept no weights of epochs"),
        (
          ["audit", "runs/run/predictions-test.csv", "--gradients"], 64, "name one with --run"
        ),
        (["audit", "runs/run/predictions-test.csv", "--run", "f.csv"], 1, "not a run directory"),
        (["audit", "runs/run", "--early-epochs", "0"], 64, "--early-epochs"),
        (
          ["audit", "runs/run", "--early-epochs", "2"], 64,
          "early-epochs: they are of a run's records, and runs/run has none"
        ),
        (
          ["audit", "--probabilities", "P.npy", "--given", "L.csv", "--run", "runs/run"], 64,
          "run: the rows of L.csv have no names that a run could know them by"
        ),
        (["audit", "runs/run", "--explain", "a.png", "--gradients"], 64, "--explain"),
        (["audit", "f.csv", "--explain", "a.png"], 1, "not a run directory"),
      ] {
        let result = try Programme.run(arguments, in: folder)
        #expect(result.status == status, "\(arguments): \(result.status) \(result.errors)")
        #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
      }
      let none = try Programme.run(["audit", "runs/run", "--explain", "held-1-200"], in: folder)
      #expect(none.status == 2, "\(none.status) \(none.errors)")
      #expect(
        none.errors.contains("'held-1-200' is none of the 920 examples of runs/run; name it as"),
        "\(none.errors)")
    }
  }

  /// Kept epochs that are all of no use are told apart from none, and one that the log does not have counts for nothing.
  @Test func whatIsLeftOutIsSaid() throws {
    try withTemporaryFolder { folder in
      _ = try draw(into: folder, seed: 34)
      let kept = ["--epochs", "3", "--keep-checkpoints", "3"]
      let trained = try train(folder, kept)
      #expect(trained.status == 0, "\(trained.errors)")
      let log = folder + "/runs/run/metrics.jsonl"
      let lines = String(decoding: try FileBytes.read(log), as: UTF8.self)
      try AtomicFile.write(
        lines.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined(), to: log)
      let audit = ["audit", "runs/run", "--gradients", "--threads", "1"]
      let cut = try Programme.run(audit + ["-o", "cut", "--json"], in: folder)
      #expect(cut.status == 0, "\(cut.errors)")
      #expect(
        cut.errors.contains(
          "epoch-0001.safetensors: left out, for metrics.jsonl has no learning rate of epoch 1"),
        "\(cut.errors)")
      let summary = try #require(try audited(cut.output).hard)
      #expect(
        summary.measures.contains {
          $0.name == .tracin && $0.source.contains("the kept weights of epochs 2, 3")
        }, "\(summary.measures)")
      // The data are elsewhere: of a run that is named, the way is to audit it itself.
      try FileManager.default.moveItem(atPath: folder + "/f.csv", toPath: folder + "/moved.csv")
      for (arguments, words) in [
        (audit, "the data of runs/run lay there; if they have moved, name them with --data"),
        (
          ["audit", "runs/run/predictions-test.csv", "--run", "runs/run", "--gradients"],
          "audit the run itself with --data: steelyard audit runs/run --gradients --data DATA"
        ),
      ] {
        let refused = try Programme.run(arguments, in: folder)
        #expect(refused.status == 2 && refused.errors.contains(words), "\(refused.errors)")
      }
      let moved = try Programme.run(audit + ["--data", "moved.csv"], in: folder)
      #expect(moved.status == 0, "\(moved.errors)")
      try FileManager.default.moveItem(atPath: folder + "/moved.csv", toPath: folder + "/f.csv")
      let sigmoid = try Programme.run(
        [
          "train", "f.csv", "--input", "features", "--method", "focal", "--set", "sigmoid=true",
          "--batch-size", "32", "--threads", "1", "--amp", "off", "--no-tensorboard",
          "--experiment", "sigmoid",
        ] + kept, in: folder)
      #expect(sigmoid.status == 0, "\(sigmoid.errors)")
      let none = try Programme.run(["audit", "runs/sigmoid", "--gradients"], in: folder)
      #expect(none.status == 64, "\(none.status)")
      #expect(
        none.errors.contains(
          "gradients: none of the 3 kept epochs of runs/sigmoid has gradients of class probabilities (see the notes); use a"
            + " run of a softmax method"), "\(none.errors)")
    }
  }

  /// At features of length 0 a cosine has the slope of x / 10⁻¹²: that example's VoG is a number, and far the largest.
  @Test func featuresOfNoLengthUnderACosineHaveAValue() throws {
    try withTemporaryFolder { folder in
      var source = RandomKey(seed: 35).source
      var text = "path,label,split,feature_0,feature_1,feature_2\n"
      // Each row and its opposite, so that the mean is 0 and a row of zeros stays one.
      for number in 0..<60 {
        let x = (0..<3).map { _ in source.normal() }
        for (name, sign) in [("a", 1.0), ("b", -1)] {
          text += "\(name)\(number),c\(sign * x[0] > 0 ? 1 : 0),train"
          for value in x { text += ",\(sign * value)" }
          text += "\n"
        }
      }
      text += "zero,c0,train,0,0,0\n"
      for number in 0..<40 {
        let x = (0..<3).map { _ in source.normal() }
        text += "h\(number),c\(x[0] > 0 ? 1 : 0),\(number % 2 == 0 ? "val" : "test")"
        for value in x { text += ",\(value)" }
        text += "\n"
      }
      try AtomicFile.write(text, to: folder + "/f.csv")
      let trained = try train(
        folder,
        ["--model", "linear", "--head", "cosine", "--epochs", "2", "--keep-checkpoints", "2"])
      #expect(trained.status == 0, "\(trained.errors)")
      let result = try Programme.run(
        ["audit", "runs/run", "--gradients", "--threads", "1", "-o", "hard"], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(!result.errors.contains("not finite"), "\(result.errors)")
      let (names, rows) = try columns(folder + "/hard/hard.csv")
      let place = try #require(names.firstIndex(of: "vog"))
      let values = rows.compactMap { Double($0[place]) }.filter(\.isFinite)
      let zero = try #require(rows.first { $0[0] == "zero" }.flatMap { Double($0[place]) })
      #expect(values.count == 121 && zero == values.max() && zero > 1e6, "\(zero)")
    }
  }

  @Test func anAnswerIsExplained() throws {
    try withTemporaryFolder { folder in
      _ = try draw(into: folder, seed: 33)
      let trained = try train(folder, ["--keep-checkpoints", "12"])
      #expect(trained.status == 0, "\(trained.errors)")
      let result = try Programme.run(
        [
          "audit", "runs/run", "--explain", "held-1-1", "--explain-top", "8", "--threads", "1",
          "-o", "explained", "--json",
        ], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let found = try JSONFile.decode(
        Explanation.self, from: Array(result.output.utf8), name: "output")
      let stored = try JSONFile.read(Explanation.self, from: folder + "/explained/explain.json")
      #expect(found == stored)
      #expect(found.shown.path == "held-1-1" && found.shown.part == "test")
      #expect(found.shown.explained == "c1" && found.examples == 860)
      #expect(found.weights.hasPrefix("the kept weights of epochs 1, 2, 3"))
      for (kind, sign) in [(Explanation.Kind.helpful, 1.0), (.harmful, -1)] {
        let values = found.rows(of: kind).map { sign * $0.influence }
        #expect(values.count == 8 && values.allSatisfy { $0 > 0 })
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
      }
      // Most of the nearest, by the angle alone, are of the same cloud, which has a quarter of the rows.
      let near = found.rows(of: .near)
      #expect(near.count == 8 && near.count { $0.path.hasPrefix("c1-") } >= 5, "\(near)")
      let table = try columns(folder + "/explained/explain.csv")
      #expect(table.names == ["kind", "rank", "path", "given", "influence", "similarity"])
      #expect(table.rows.count == 24)
      let again = try Programme.run(
        ["audit", "runs/run", "--explain", "held-1-1", "-o", "explained"], in: folder)
      #expect(again.status == 64 && again.errors.contains("explain.csv exists"), "\(again.errors)")
      // An audit lies in the same folder as an explanation without touching it.
      let beside = try Programme.run(["audit", "runs/run", "-o", "explained"], in: folder)
      #expect(beside.status == 0, "\(beside.errors)")
      #expect(FilePath.isFile(folder + "/explained/explain.json"))
    }
  }

  /// Of images: pictures on the page, the image by its path or its file, and final weights where none were kept, which is said.
  @Test func picturesExplainAPicture() throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let trained = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "1",
          "--batch-size", "16", "--threads", "1", "--amp", "off", "--experiment", "run",
          "--no-tensorboard", "--method", "erm",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let split = try columns(folder + "/runs/run/split.csv")
      let part = try #require(split.names.firstIndex(of: "split"))
      let image = try #require(split.rows.first { $0[part] == "train" })[0]
      let result = try Programme.run(
        ["audit", "runs/run", "--explain", image, "--explain-top", "3", "-o", "explained"],
        in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("--keep-checkpoints"), "\(result.errors)")
      #expect(result.output.contains("the final weights alone"), "\(result.output)")
      let page = String(
        decoding: try FileBytes.read(folder + "/explained/explain.html"), as: UTF8.self)
      #expect(page.ranges(of: "data:image/png;base64,").count >= 7)
      let found = try JSONFile.read(Explanation.self, from: folder + "/explained/explain.json")
      // It is learned from itself, and in no list.
      #expect(found.rows.allSatisfy { $0.path != image } && found.shown.part == "train")
      let byFile = try Programme.run(
        [
          "audit", "runs/run", "--explain", "images/" + image, "--explain-top", "3", "--json", "-q",
        ], in: folder)
      #expect(byFile.status == 0, "\(byFile.errors)")
      let same = try JSONFile.decode(
        Explanation.self, from: Array(byFile.output.utf8), name: "output")
      #expect(same.shown.path == image && same.rows.map(\.path) == found.rows.map(\.path))
      let experts = try Programme.run(
        [
          "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "1",
          "--batch-size", "16", "--threads", "1", "--amp", "off", "--experiment", "experts",
          "--no-tensorboard", "--method", "sade",
        ], in: folder)
      #expect(experts.status == 0, "\(experts.errors)")
      let refused = try Programme.run(["audit", "runs/experts", "--explain", image], in: folder)
      #expect(refused.status == 2 && refused.errors.contains("3 heads"), "\(refused.errors)")
    }
  }
}
