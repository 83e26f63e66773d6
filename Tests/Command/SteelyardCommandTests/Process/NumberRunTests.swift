import Files
import Foundation
import Networks
import Randomness
import TestSupport
import Testing
import Torch
import Weights

/// Data whose target is a number, trained on as a user does.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct NumberRunTests {
  /// 200 rows of two features and an age that is the first of them in years, in groups of two.
  private func table(_ path: String) throws {
    var source = RandomSource(seed: 2)
    var lines = ["id,feature_0,feature_1,age,patient"]
    for row in 0..<200 {
      let (x, y) = (source.normal(), source.normal())
      lines.append("r\(row),\(x),\(y),\(40 + 8 * x + source.normal()),p\(row / 2)")
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  /// 80 grey images whose brightness is the number.
  private func images(_ folder: String) throws {
    var source = RandomSource(seed: 3)
    var lines = ["path,score,split"]
    for row in 0..<80 {
      let light = source.uniform()
      let pixels = (0..<64).map { _ in UInt8(20 + 180 * light + Double(source.below(20))) }
      try AtomicFile.write(PGM.bytes(pixels, side: 8), to: "\(folder)/\(row).pgm")
      let part = row < 48 ? "train" : row < 64 ? "val" : "test"
      lines.append("\(row).pgm,\(10 * light),\(part)")
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: folder + "/images.csv")
  }

  private enum PGM {
    static func bytes(_ pixels: [UInt8], side: Int) -> [UInt8] {
      Array("P5\n\(side) \(side)\n255\n".utf8) + pixels
    }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path), as: UTF8.self)
  }

  private func train(_ arguments: [String], in folder: String) throws -> Programme.Result {
    try Programme.run(
      ["train"] + arguments + ["--output-dir", "runs", "--experiment", "r", "--threads", "1"],
      in: folder)
  }

  /// What finds a number in `train` finds it here, too, and says so.
  @Test func aLookFindsTheNumber() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/f.csv")
      let look = ["inspect", "f.csv", "--label-column", "age"]
      let found = try Programme.run(look, in: folder)
      #expect(found.status == 0, "\(found.errors)")
      #expect(
        found.errors.contains("target: a number, age (the column 'age' holds numbers such as "))
      #expect(found.output.contains("10 ranges of age, "), "\(found.output)")
      #expect(found.output.contains("A number: compare `density-weighted`"), "\(found.output)")
      #expect(!found.output.contains("effective classes"))
      let asked = try Programme.run(look + ["--task", "number", "--json"], in: folder)
      #expect(try JSONText.object(asked.output)["number"] as? String == "age")
      #expect(!asked.errors.contains("target:"), "\(asked.errors)")
      let classes = try Programme.run(look + ["--task", "class"], in: folder)
      #expect(classes.output.contains("200 classes"), "\(classes.output)")
    }
  }

  /// Features keep classes; that this one is a number, and how it is learned, is said.
  @Test func embeddedNumbersAreLearnedWhereItIsSaid() throws {
    try withTemporaryFolder { folder in
      try images(folder)
      let network = try Architectures.named("resnet20").build(
        classes: 5, using: Generator(seed: 1))
      try Safetensors.write(network.stateDict, to: "\(folder)/w.safetensors")
      let embedded = try Programme.run(
        [
          "embed", "images.csv", "--label-column", "score", "--model", "resnet20", "--pretrained",
          "w.safetensors", "--output", "f.npz", "--threads", "1",
        ], in: folder)
      #expect(embedded.status == 0, "\(embedded.errors)")
      #expect(
        embedded.errors.contains("target: a number (the column 'score' holds numbers such as "))
      #expect(embedded.errors.contains("train f.npz learns the number with --task number"))
      let trained = try train(
        ["f.npz", "--task", "number", "--epochs", "1", "--method", "erm"], in: folder)
      #expect(
        trained.status == 0 && trained.errors.contains("target: a number"), "\(trained.errors)")
    }
  }

  @Test func aTableOfFeaturesEndToEnd() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/f.csv")
      let columns = ["--label-column", "age", "--group-column", "patient"]
      let trained = try train(
        ["f.csv"] + columns
          + [
            "--model", "linear", "--epochs", "8", "-b", "16", "--method", "balanced-mixup",
            "--json",
          ],
        in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("target: a number, age from "), "\(trained.errors)")
      #expect(trained.errors.contains("(the column 'age' holds numbers such as "))
      #expect(trained.errors.contains("--task class reads classes)"))
      #expect(trained.errors.contains("stratified by range; 100 groups"))
      let summary = try JSONText.object(trained.output)
      #expect((summary["intervals"] as? [String: Any])?["level"] as? Double == 0.9)
      let run = folder + "/runs/r"
      let test = try JSONText.object(text(run + "/metrics-test.json"))
      #expect(test["task"] as? String == "number" && test["mae"] is Double)
      #expect(test["interval_coverage"] is Double && test["intervals"] is [String: Any])
      let rows = try text(run + "/predictions-test.csv")
      #expect(rows.hasPrefix("path,y_true,y_pred,lower,upper,group\n"))
      let val = try text(run + "/predictions-val.csv")
      #expect(val.hasPrefix("path,y_true,y_pred,group\n"))
      let page = try text(run + "/report.html")
      #expect(page.contains("Training: what an epoch drew of each range"))
      #expect(page.contains("val MAE"))
      let card = try text(run + "/README.md")
      #expect(card.contains("type: mae") && card.contains("- regression"))
      let config = try text(run + "/config.yaml")
      #expect(config.contains("task: number") && config.contains("eval-metric: mae"))

      let said = try Programme.run(
        ["predict", run, "f.csv", "--label-column", "age", "--json"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      #expect(said.errors.contains("lower and upper hold the number of 90 % of examples"))
      let listing = try JSONText.list(said.output)
      #expect(listing.count == 200 && listing[0]["name"] as? String == "age")
      #expect(listing[0]["number"] is Double && listing[0]["upper"] is Double)

      let judged = try Programme.run(
        ["evaluate", run, "--split", "test", "--resamples", "0", "--json"], in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
      let again = try JSONText.object(judged.output)
      let errors = try [again, test].map { try #require($0["mae"] as? Double) }
      #expect(close(errors[0], errors[1], relative: 1e-5))
      let reported = try Programme.run(["report", run], in: folder)
      #expect(reported.status == 0, "\(reported.errors)")
      let tabled = try Programme.run(
        ["evaluate", run + "/predictions-test.csv", "--resamples", "0", "--json"], in: folder)
      let ofTable = try JSONText.object(tabled.output)
      #expect(ofTable["task"] as? String == "number")
      for other in [
        ["decide", run], ["gate", run, run, "--require", "mcc >= -0.1"],
      ] {
        let refused = try Programme.run(other, in: folder)
        #expect(refused.status != 0 && refused.errors.contains("number"), "\(refused.errors)")
      }
    }
  }

  @Test func imagesLearnANumber() throws {
    try withTemporaryFolder { folder in
      try images(folder)
      let trained = try train(
        [
          "images.csv", "--label-column", "score", "--model", "resnet20", "--img-size", "8",
          "--epochs",
          "2", "-b", "8", "--augment", "none", "--method", "density-weighted",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.output.contains("Errors and agreement"), "\(trained.output)")
      let said = try Programme.run(["predict", "runs/r", "0.pgm", "1.pgm"], in: folder)
      #expect(said.status == 0, "\(said.errors)")
      #expect(said.output.hasPrefix("path,y_pred,lower,upper\n0.pgm,"), "\(said.output)")
    }
  }

  /// Cells that are drawn alike, folds by cells, and what of both is refused.
  @Test func jointCellsEndToEnd() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/f.csv")
      let base = [
        "f.csv", "--label-column", "age", "--model", "linear", "--epochs", "2", "-b", "16",
        "--method", "erm",
      ]
      let trained = try train(
        base + ["--cells", "3", "--cell-cap", "4", "--strata-clusters", "2"], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      for words in [
        "cells: ", " ranges × 3 clusters of the training rows, ", "at most 4 a row",
        "split: each part has its share of ",
        "as far as groups and copies that stay together let it",
      ] { #expect(trained.errors.contains(words), "\(words)\n\(trained.errors)") }
      let config = try text(folder + "/runs/r/config.yaml")
      #expect(config.contains("cells: 3") && config.contains("strata-clusters: 2"), "\(config)")
      let folds = try Programme.run(
        ["crossfit"] + base
          + [
            "--folds", "2", "--strata-clusters", "3", "--threads", "1", "--output-dir", "runs",
            "--experiment", "c",
          ], in: folder)
      #expect(folds.status == 0, "\(folds.errors)")
      #expect(
        folds.errors.contains(" ranges × 3 clusters of all rows (no target counts), "),
        "\(folds.errors)")
      var lines = ["feature_0,label"]
      for row in 0..<60 { lines.append("\(Double(row) / 7),\(row % 3 == 0 ? "a" : "b")") }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: folder + "/c.csv")
      for (data, arguments, words) in [
        (
          "f.csv", ["--method", "balanced-mixup", "--cells", "3"],
          "leave out --cells, or choose one of: erm"
        ),
        (
          "f.csv", ["--method", "erm", "--cell-cap", "3"],
          "--cell-cap says how often a row of a small cell is drawn"
        ),
        ("f.csv", ["--cells", "3", "--cell-cap", "0.5"], "a number from 1 to 1000000"),
        (
          "f.csv", ["--strata-clusters", "2", "--split-file", "runs/r/split.csv"],
          "--strata-clusters says how data are divided, and --split-file has divided them"
        ),
        (
          "f.csv", ["--method", "erm", "--cells", "100000"],
          "cells: expected at most as many clusters as rows, which are "
        ),
        (
          "c.csv", ["--method", "erm", "--cells", "3"],
          "--cells is of numbers, and the target is none"
        ),
        (
          "c.csv", ["--strata-clusters", "3"],
          "strata-clusters: expected a target that is a number"
        ),
      ] {
        let label = data == "f.csv" ? "age" : "label"
        let refused = try train(
          [data, "--label-column", label, "--model", "linear", "--dry-run"] + arguments, in: folder)
        #expect(
          refused.status != 0 && refused.errors.contains(words), "\(words)\n\(refused.errors)")
      }
      try images(folder)
      let pictures = try train(
        [
          "images.csv", "--label-column", "score", "--model", "resnet20", "--img-size", "8",
          "--method", "erm", "--cells", "2", "--dry-run",
        ], in: folder)
      #expect(
        pictures.status != 0
          && pictures.errors.contains(
            "cells: expected rows of features, which steelyard embed makes of images, got 2 clusters of images"
          ), "\(pictures.errors)")
    }
  }

  /// What goes by classes is refused by name, with what to do.
  @Test func whatKnowsClassesIsRefused() throws {
    try withTemporaryFolder { folder in
      try table(folder + "/f.csv")
      for (arguments, words) in [
        (
          ["--method", "ldam"], "ldam knows classes, and the target is a number; choose one of: erm"
        ),
        (["--eval-metric", "mcc"], "--eval-metric mcc is of classes, and the target is a number"),
        (["--long-tail", "10"], "--long-tail is of classes or labels, and the target is a number"),
        (["--smoothing", "0.1"], "--smoothing is of classes or labels"),
        (["--task", "class", "--eval-metric", "mae"], "--eval-metric mae is of numbers"),
      ] {
        let refused = try train(
          ["f.csv", "--label-column", "age", "--model", "linear"] + arguments, in: folder)
        #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
      }
      // Whole numbers stay classes until it is said that they are numbers.
      var lines = ["feature_0,age"]
      for row in 0..<90 { lines.append("\(row % 7),\(20 + row % 9)") }
      try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: folder + "/w.csv")
      let whole = [
        "w.csv", "--label-column", "age", "--model", "linear", "--input", "features", "--dry-run",
      ]
      let classes = try train(whole, in: folder)
      #expect(!classes.errors.contains("target: a number"), "\(classes.errors)")
      let numbers = try train(whole + ["--task", "number"], in: folder)
      #expect(
        numbers.status == 0 && numbers.errors.contains("target: a number, age from 20 to 28"),
        "\(numbers.errors)")
    }
  }
}
