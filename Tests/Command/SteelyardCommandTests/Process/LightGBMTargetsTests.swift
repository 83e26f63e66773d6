import Boosting
import Evaluation
import Files
import Foundation
import Randomness
import Targets
import TestSupport
import Testing

/// `train --method lightgbm` on several labels, grades and numbers, as a user asks for it.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built"))
struct LightGBMTargetsTests {
  static let isInstalled = (try? LightGBM.library()) != nil

  /// 240 rows of two features with labels, a number and a grade that follow from them; of each, by its name.
  private struct Table {
    var features: [String: [Float]] = [:]
    var ages: [String: Double] = [:]
    var training: [Double] = []

    init(_ path: String) throws {
      var source = RandomSource(seed: 4)
      var lines = ["id,feature_0,feature_1,has_a,has_b,age,grade,split"]
      for row in 0..<240 {
        let (x, y) = (Float(source.normal()), Float(source.normal()))
        let noisy = Double(x) + 0.5 * source.normal()
        let b = row % 4 == 1 ? "" : y > 0.8 ? "1" : "0"
        let age = 40 + 8 * Double(x) + source.normal()
        let part = row < 140 ? "train" : row < 190 ? "val" : "test"
        let grade = noisy < 0 ? 0 : noisy < 1 ? 1 : 2
        lines.append("r\(row),\(x),\(y),\(x > 0 ? 1 : 0),\(b),\(age),g\(grade),\(part)")
        features["r\(row)"] = [x, y]
        ages["r\(row)"] = age
        if row < 140 { training.append(age) }
      }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
    }

    /// What the trees of a file say of rows.
    func raw(_ file: String, _ names: [String]) throws -> [Double] {
      let booster = try Booster(text: FileBytes.read(file))
      return try booster.rawScores(
        names.flatMap { try #require(features[$0]) }, count: names.count)
    }
  }

  private func train(
    _ more: [String], threads: Int = 1, name: String = "r", in folder: String
  ) throws -> Programme.Result {
    try Programme.run(
      [
        "train", "t.csv", "--method", "lightgbm", "--output-dir", "runs", "--experiment", name,
        "--set", "least=5", "--set", "rounds=60", "--set", "patience=10", "--threads", "\(threads)",
      ] + more, in: folder)
  }

  /// Commands that work from the saved model alone.
  private func checkFollowers(_ commands: [[String]], in folder: String) throws {
    for command in commands {
      let result = try Programme.run(command, in: folder)
      #expect(result.status == 0, "\(command): \(result.errors)")
    }
  }

  private func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }

  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func severalLabels() throws {
    try withTemporaryFolder { folder in
      let table = try Table(folder + "/t.csv")
      let trained = try train(["--label-columns", "has_*"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("lightgbm: 2 boosters of 2 labels, "), "\(trained.errors)")
      #expect(
        trained.errors.contains("those of the smallest binary_logloss of validation"),
        "\(trained.errors)")
      let run = folder + "/runs/r"
      #expect(!FileManager.default.fileExists(atPath: run + "/lightgbm.txt"))
      let predictions = try LabelPredictions.read(run + "/predictions-test.csv")
      #expect(predictions.labels == ["has_a", "has_b"] && predictions.count == 50)
      for label in 0..<2 {
        let raw = try table.raw(run + "/lightgbm-\(label + 1).txt", predictions.paths)
        let own = (0..<50).map { predictions.probabilities[2 * $0 + label] }
        #expect(difference(own, raw.map(sigmoid), relative: 1e-4, absolute: 1e-6) == nil)
      }
      try checkFollowers(
        [
          ["predict", run, "t.csv", "--label-columns", "has_*"], ["evaluate", run],
          ["decide", run], ["report", run], ["train", "--resume", run],
        ], in: folder)
      // Threads change no byte.
      let other = try train(["--label-columns", "has_*"], threads: 2, name: "s", in: folder)
      #expect(other.status == 0, "\(other.errors)")
      #expect(
        try FileBytes.read(folder + "/runs/s/lightgbm-2.txt")
          == FileBytes.read(run + "/lightgbm-2.txt"))
    }
  }

  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func aNumber() throws {
    try withTemporaryFolder { folder in
      let table = try Table(folder + "/t.csv")
      let trained = try train(["--label-column", "age"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "rounds are kept, those of the smallest rmse of validation (in standard deviations of the training numbers, "
        ), "\(trained.errors)")
      let run = folder + "/runs/r"
      let predictions = try NumberPredictions.read(run + "/predictions-test.csv")
      #expect(predictions.count == 50)
      let n = Double(table.training.count)
      let mean = table.training.reduce(0, +) / n
      let scale = (table.training.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
      let raw = try table.raw(run + "/lightgbm.txt", predictions.paths)
      #expect(
        difference(
          predictions.predicted, raw.map { mean + scale * $0 }, relative: 1e-4, absolute: 1e-4)
          == nil)
      // The number follows the first feature, and so do the trees.
      let errors = predictions.paths.enumerated().map { row, name in
        abs(predictions.predicted[row] - (table.ages[name] ?? 0))
      }
      #expect(errors.reduce(0, +) / 50 < scale / 2)
      try checkFollowers(
        [
          ["predict", run, "t.csv", "--label-column", "age"], ["evaluate", run], ["report", run],
          ["train", "--resume", run],
        ], in: folder)
      let weighed = try train(
        ["--label-column", "age", "--set", "weighting=density", "--set", "error=mae"], name: "d",
        in: folder)
      #expect(weighed.status == 0, "\(weighed.errors)")
      #expect(weighed.errors.contains("those of the smallest mae of validation"))
      #expect(
        try FileBytes.read(folder + "/runs/d/lightgbm.txt")
          != FileBytes.read(run + "/lightgbm.txt"))
      let unknown = try train(
        ["--label-column", "age", "--set", "weighting=inverse"], name: "u", in: folder)
      #expect(
        unknown.status == 64
          && unknown.errors.contains("weighting must be none or density, got 'inverse'"),
        "\(unknown.errors)")
    }
  }

  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func grades() throws {
    try withTemporaryFolder { folder in
      let table = try Table(folder + "/t.csv")
      let options = ["--label-column", "grade", "--task", "grades"]
      let trained = try train(options, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("lightgbm: 2 boosters of 2 thresholds of grades, "),
        "\(trained.errors)")
      #expect(
        trained.errors.contains("of 140 training rows, whose probabilities are straightened"),
        "\(trained.errors)")
      #expect(
        trained.errors.contains("test: grades: P(y > k) rises somewhere with k in "),
        "\(trained.errors)")
      let run = folder + "/runs/r"
      let predictions = try Predictions.read(run + "/predictions-test.csv")
      #expect(predictions.classes == ["g0", "g1", "g2"] && predictions.paths.count == 50)
      let marks = try #require(predictions.columns.first { $0.name == "straightened" }).values
      let beyond = try [1, 2].map { number in
        try table.raw(run + "/lightgbm-\(number).txt", predictions.paths)
      }
      for row in 0..<50 {
        let (first, second) = (beyond[0][row], beyond[1][row])
        #expect((marks[row] == "1") == (first < second), "row \(row)")
        let own = Array(predictions[row])
        #expect(close(own.reduce(0, +), 1, relative: 1e-4) && own.allSatisfy { $0 >= 0 })
        if first >= second {
          let expected = [
            1 - sigmoid(first), sigmoid(first) - sigmoid(second), sigmoid(second),
          ]
          #expect(difference(own, expected, relative: 1e-3, absolute: 1e-5) == nil, "row \(row)")
        }
      }
      try checkFollowers(
        [
          ["predict", run, "t.csv", "--label-column", "grade"], ["evaluate", run], ["decide", run],
          ["report", run], ["train", "--resume", run],
        ], in: folder)
      // Without the word grades, classes are told apart together.
      let plain = try train(["--label-column", "grade"], name: "c", in: folder)
      #expect(
        plain.status == 0 && plain.errors.contains("smallest multi_logloss"), "\(plain.errors)")
    }
  }

  /// A model whose trees are damaged is refused with the booster that is.
  @Test(.enabled(if: isInstalled, "LightGBM is not installed; see STEELYARD_LIGHTGBM"))
  func damagedTreesAreRefusedWithTheirPlace() throws {
    try withTemporaryFolder { folder in
      _ = try Table(folder + "/t.csv")
      let trained = try train(["--label-columns", "has_*"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let model = folder + "/runs/r/model.safetensors"
      var bytes = try FileBytes.read(model)
      let mark = Array("booster=1 bytes=".utf8)
      let start = try #require(
        bytes.indices.first { bytes[$0...].starts(with: mark) })
      let key = Array("num_leaves=".utf8)
      let place = try #require((start..<bytes.count).first { bytes[$0...].starts(with: key) })
      bytes[place] = UInt8(ascii: "x")
      try AtomicFile.write(bytes, to: model)
      let refused = try Programme.run(["predict", "runs/r", "t.csv"], in: folder)
      #expect(refused.status != 0)
      #expect(
        refused.errors.contains(
          "lightgbm: reading booster 2 of 2: the text has a tree, 0, without leaves or of a kind that is not grown here; the file"
            + " may be damaged"), "\(refused.errors)")
    }
  }

  @Test func whichTargetsItServesIsListed() throws {
    try withTemporaryFolder { folder in
      let all = try Programme.run(["methods"], in: folder)
      #expect(
        all.output.contains("by LightGBM; of classes, several labels, grades and numbers\n"),
        "\(all.output.suffix(300))")
      let page = try Programme.run(["methods", "lightgbm"], in: folder)
      for words in [
        "several labels    yes", "numbers           yes", "grades            yes", "weighting",
      ] {
        #expect(page.output.contains(words), "\(words) in \(page.output)")
      }
      let markdown = try Programme.run(["methods", "--markdown"], in: folder)
      #expect(
        markdown.output.contains("`lightgbm`") && markdown.output.contains("weighting=none"))
    }
  }
}
