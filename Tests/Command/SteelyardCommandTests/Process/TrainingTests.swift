import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// The whole way of a person: draw, train, stop, go on, evaluate, predict.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct TrainingTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "2", "--batch-size", "16", "--threads",
    "1", "--amp", "off", "--experiment", "run", "--no-tensorboard",
  ]

  private func withImages<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 3)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      return try body(folder)
    }
  }

  private func train(_ folder: String, _ more: [String] = []) throws -> Programme.Result {
    try Programme.run(["train", "images"] + Self.flags + more, in: folder)
  }

  @Test func writesARunThatEvaluatesAndPredictsTheSame() throws {
    try withImages { folder in
      let trained = try train(folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.output.contains("steelyard predict runs/run IMAGES"))
      #expect(trained.errors.contains("epoch 2/2: loss "))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/runs/run")
      #expect(
        Set(files) == [
          "README.md", "checkpoints", "config.yaml", "data.json", "environment.json",
          "metrics-test.json", "metrics-val.json", "metrics.jsonl", "model.safetensors",
          "predictions-test.csv", "predictions-val.csv", "report.html", "report.json", "split.csv",
          "summary.csv",
          "images.csv",
        ])
      let table = folder + "/runs/run/predictions-test.csv"
      let first = try FileBytes.read(table)
      // Computes as the run did, without being told to.
      let evaluated = try Programme.run(["evaluate", "runs/run"], in: folder)
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      #expect(
        evaluated.errors.contains(
          "replaced predictions-test.csv and metrics-test.json in runs/run\n"))
      #expect(try FileBytes.read(table) == first)

      let predicted = try Programme.run(
        ["predict", "runs/run", "images/test/round", "-q"], in: folder)
      let lines = predicted.output.split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines[1].hasPrefix("images/test/round/round-"), "\(lines[1])")
      #expect(predicted.errors == "")
      #expect(lines[0].hasPrefix("path,y_pred,prob_burr,prob_crescent,"), "\(lines[0])")
    }
  }

  @Test func secondRunOfTheSameNameDoesNotTouchTheFirst() throws {
    try withImages { folder in
      _ = try train(folder, ["--epochs", "1"])
      let config = try FileBytes.read(folder + "/runs/run/config.yaml")
      let second = try train(folder, ["--epochs", "1", "--seed", "1"])
      #expect(
        second.errors.contains(
          "runs/run exists and is left alone; this run gets a number\nrun directory: runs/run-1\n"))
      #expect(try FileBytes.read(folder + "/runs/run/config.yaml") == config)
      #expect(FileManager.default.fileExists(atPath: folder + "/runs/run-1/model.safetensors"))
    }
  }

  @Test func resumingRefusesOtherOptions() throws {
    try withImages { folder in
      _ = try train(folder, ["--epochs", "1"])
      let ended = try Programme.run(
        ["train", "--resume", "runs/run", "--lr", "1", "--seed", "2"], in: folder)
      #expect(ended.status == 64)
      #expect(
        ended.errors.contains(
          "a resumed run keeps the options it was started with; leave out --lr, --seed"))
    }
  }

  @Test func dryRunWritesNothing() throws {
    try withImages { folder in
      let ended = try train(folder, ["--dry-run"])
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.contains("epochs: 2" + String(repeating: " ", count: 31) + "# flag"))
      #expect(ended.output.contains("peak memory"))
      #expect(ended.output.contains("run directory   runs/run\n"))
      let settings = [
        ("device: cpu", "# default: auto"), ("amp: off", "# flag"), ("img-size: 16", "# flag"),
        ("  alpha: 0.2", "# default"), ("threads: 1", "# flag"),
      ]
      let lines = ended.output.split(separator: "\n")
      for (start, end) in settings {
        #expect(
          lines.contains { $0.hasPrefix(start + " ") && $0.hasSuffix(" " + end) }, "\(start)")
      }
      let quiet = try train(folder, ["--dry-run", "--quiet"])
      #expect(quiet.errors == "")
      let single = try train(
        folder, ["--dry-run", "--batch-size", "1", "--model", "mobilenet_v2"])
      #expect(single.status == 64)
      #expect(
        single.errors.contains("Options for it: --batch-size 2, or a larger --img-size"),
        "\(single.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/runs"))
    }
  }

  @Test func imagesThatDoNotDecodeStopOrAreSkippedAndListed() throws {
    try withImages { folder in
      let bad = folder + "/images/train/oval/bad.png"
      try Data("no picture".utf8).write(to: URL(fileURLWithPath: bad))
      let refused = try train(folder)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("bad.png"), "\(refused.errors)")
      let skipped = try train(folder, ["--on-bad-image", "skip", "--epochs", "1"])
      #expect(skipped.status == 0, "\(skipped.errors)")
      let record = try DataRecord.read(folder + "/runs/run/data.json")
      #expect(record.skipped.map(\.path) == ["train/oval/bad.png"])
    }
  }

  @Test func leakageStopsTraining() throws {
    try withImages { folder in
      try FileManager.default.copyItem(
        atPath: folder + "/images/train/oval/oval-0001.png",
        toPath: folder + "/images/test/oval/copy.png")
      let refused = try train(folder)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("--allow-leakage"), "\(refused.errors)")
      #expect(try Programme.run(["inspect", "images"], in: folder).status == 2)
      #expect(try train(folder, ["--allow-leakage", "--epochs", "1"]).status == 0)
    }
  }
}
