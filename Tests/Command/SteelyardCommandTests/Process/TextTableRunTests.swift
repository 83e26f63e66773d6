import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// Features of one file and texts of another, trained on as a user does.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct TextTableRunTests {
  /// 300 rows of three classes: `seen` by a feature, `told` by its report alone. Features in `f.csv`, reports in another order in
  /// `reports.csv` with some of other patients, and both in `whole.csv`.
  private func write(_ folder: String, changingTests: Bool = false) throws {
    var source = RandomSource(seed: 3)
    var (features, whole) = (
      ["id,feature_0,feature_1,label,split"], ["id,feature_0,feature_1,label,split,report"]
    )
    var reports: [String] = []
    for row in 0..<300 {
      let part = row < 180 ? "train" : row < 220 ? "val" : "test"
      let chance = source.uniform()
      let label = chance < 0.6 ? "common" : chance < 0.85 ? "seen" : "told"
      let (x, y) = (source.normal() + (label == "seen" ? 4 : 0), source.normal())
      var words = (0..<6).map { _ in "word\(source.below(6))" }
      if label == "told" {
        words[source.below(3)] = "lesion"
        words[3 + source.below(3)] = "mass"
      }
      let isOther = changingTests && part == "test"
      let report = isOther ? "quite other words \(row)" : words.joined(separator: " ")
      features.append("r\(row),\(x),\(y),\(label),\(part)")
      whole.append("r\(row),\(x),\(y),\(label),\(part),\(report)")
      reports.append("r\(row),\(report)")
    }
    let order = source.shuffle(reports.count)
    let shuffled = ["image,report"] + order.map { reports[$0] } + ["p1,lesion mass", "p2,word1"]
    for (name, lines) in [("f", features), ("whole", whole), ("reports", shuffled)] {
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: "\(folder)/\(name).csv")
    }
  }

  private static let flags = [
    "--method", "erm", "--model", "linear", "--lr", "0.5", "-b", "16", "--threads", "1",
    "--no-tensorboard", "--output-dir", "runs",
  ]
  private static let texts = [
    "--text-columns", "report", "--text-size", "8", "--text-slots", "1024",
  ]

  private func train(
    _ data: String, _ name: String, _ arguments: [String], epochs: Int = 10, in folder: String
  ) throws -> Programme.Result {
    try Programme.run(
      ["train", data, "--experiment", name, "--epochs", "\(epochs)"] + Self.flags + arguments,
      in: folder)
  }

  /// Recall of each class, and their mean.
  private func balancedAccuracy(_ run: String) throws -> Double {
    let text = String(decoding: try FileBytes.read(run + "/metrics-test.json"), as: UTF8.self)
    return try #require(try JSONText.object(text)["balanced_accuracy"] as? Double)
  }

  /// The texts tell a class that features do not; the run is that of one table with both, and predict and evaluate need the texts.
  @Test func reportsBesideFeaturesEndToEnd() throws {
    try withTemporaryFolder { folder in
      try write(folder)
      let joined = ["--text-table", "reports.csv"] + Self.texts
      let trained = try train("f.csv", "both", joined, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      for words in [
        "the texts of 300 rows are those that reports.csv has for their names, in 'image'",
        "not read: 2 rows of reports.csv that name no row of the features",
        "text: report is 8 numbers", "fitted to 180 training rows", "features: 10 numbers a row",
      ] { #expect(trained.errors.contains(words), "\(words)\n\(trained.errors)") }
      let run = folder + "/runs/both"
      let config = String(decoding: try FileBytes.read(run + "/config.yaml"), as: UTF8.self)
      #expect(config.contains("text-table: ") && config.contains("/reports.csv"), "\(config)")

      let plain = try train("f.csv", "plain", [], in: folder)
      #expect(plain.status == 0, "\(plain.errors)")
      let (with, without) = (
        try balancedAccuracy(run), try balancedAccuracy(folder + "/runs/plain")
      )
      #expect(with > 0.85 && without < 0.8, "\(with) \(without)")
      let whole = try train("whole.csv", "whole", ["--input", "features"] + Self.texts, in: folder)
      #expect(whole.status == 0, "\(whole.errors)")
      for name in ["predictions-test.csv", "predictions-val.csv"] {
        let files = try [run, folder + "/runs/whole"].map { try FileBytes.read("\($0)/\(name)") }
        #expect(files[0] == files[1], "\(name)")
      }

      // The run knows its table; so does predict where it is given.
      let judged = try Programme.run(["evaluate", run, "--resamples", "0", "--json"], in: folder)
      #expect(judged.status == 0 && judged.output.contains("balanced_accuracy"), "\(judged.errors)")
      let said = try Programme.run(
        ["predict", run, "f.csv", "--text-table", "reports.csv", "-o", "said.csv"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      let lines = String(decoding: try FileBytes.read(folder + "/said.csv"), as: UTF8.self)
      #expect(lines.split(separator: "\n").count == 301)

      // Without it, that is said, and what to do.
      let bare = try Programme.run(["predict", run, "f.csv"], in: folder)
      #expect(bare.status == 2, "\(bare.errors)")
      for words in ["no column 'report' for the text", "--text-table"] {
        #expect(bare.errors.contains(words), "\(bare.errors)")
      }
      let other = try Programme.run(["evaluate", run, "--data", "f.csv"], in: folder)
      #expect(other.status == 2 && other.errors.contains("--text-table"), "\(other.errors)")
      let idle = try Programme.run(
        ["predict", "runs/plain", "f.csv", "--text-table", "reports.csv"], in: folder)
      #expect(
        idle.status != 0
          && idle.errors.contains("--text-table: the model has no columns of text; leave it out"),
        "\(idle.errors)")

      // Texts that have changed since are other data.
      try write(folder, changingTests: true)
      let changed = try Programme.run(["evaluate", run, "--resamples", "0"], in: folder)
      #expect(changed.status != 0, "\(changed.output)")
    }
  }

  /// Reports of the test rows are other ones, and the model has the same bytes; the folds of a cross-fit each fit their own.
  @Test func noTestTextChangesTheModel() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("word,score\nlesion,1\nother,-1\n", to: folder + "/words.csv")
      let joined =
        ["--text-table", "reports.csv", "--lexicon", "words.csv", "--allow-leakage"] + Self.texts
      for (name, isChanged) in [("a", false), ("b", true)] {
        try write(folder, changingTests: isChanged)
        let trained = try train("f.csv", name, joined, epochs: 2, in: folder)
        #expect(trained.status == 0, "\(trained.errors)")
      }
      let models = try ["a", "b"].map {
        try FileBytes.read(folder + "/runs/\($0)/model.safetensors")
      }
      #expect(models[0] == models[1])
      let tests = try ["a", "b"].map {
        try FileBytes.read(folder + "/runs/\($0)/predictions-test.csv")
      }
      #expect(tests[0] != tests[1])
      try write(folder)
      let folds = try Programme.run(
        ["crossfit", "f.csv", "--folds", "2", "--experiment", "c", "--epochs", "1"] + Self.flags
          + joined, in: folder)
      #expect(folds.status == 0, "\(folds.errors)")
      let parts = try (1...2).map {
        try FileBytes.read(folder + "/runs/c/fold-\($0)/model.safetensors")
      }
      #expect(parts[0] != parts[1])
    }
  }

  @Test func optionsThatDoNotFitAreRefused() throws {
    try withTemporaryFolder { folder in
      try write(folder)
      let idle = try train("f.csv", "i", ["--text-table", "reports.csv", "--dry-run"], in: folder)
      #expect(
        idle.status != 0
          && idle.errors.contains(
            "--text-table is about columns of text, and none is named; name them with --text-columns"
          ),
        "\(idle.errors)")
      let gone = try train(
        "f.csv", "g", ["--text-table", "none.csv", "--dry-run"] + Self.texts, in: folder)
      #expect(gone.status == 2 && gone.errors.contains("none.csv"), "\(gone.errors)")
      try FileManager.default.createDirectory(
        atPath: folder + "/images", withIntermediateDirectories: false)
      var lines = ["path,label,report"]
      for row in 0..<12 {
        try AtomicFile.write(
          Array("P5\n8 8\n255\n".utf8) + [UInt8](repeating: UInt8(20 * row), count: 64),
          to: "\(folder)/images/\(row).pgm")
        lines.append("images/\(row).pgm,\(row % 2 == 0 ? "a" : "b"),word\(row)")
      }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: folder + "/images.csv")
      let images = try Programme.run(
        ["train", "images.csv", "--text-table", "images.csv", "--dry-run"] + Self.texts, in: folder)
      #expect(
        images.status == 2 && images.errors.contains("steelyard embed makes features of images"),
        "\(images.errors)")
    }
  }
}
