import Files
import Foundation
import Randomness
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// Features and series in the place of images, from data to prediction.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct InputTests {
  private static let flags = [
    "--epochs", "2", "--batch-size", "8", "--threads", "1", "--amp", "off", "--experiment", "run",
    "--no-tensorboard", "--seed", "1",
  ]

  /// 48, 16 and 8 rows of three classes, each around a place of its own.
  private static func numbers(_ body: (_ number: Int, _ label: Int, _ draw: () -> Double) -> String)
    -> [String]
  {
    var source = RandomKey(seed: 3).source
    let labels = [48, 16, 8].enumerated().flatMap { Array(repeating: $0, count: $1) }
    return labels.enumerated().map { number, label in
      body(number, label) { 2 * Double(label) + source.normal() }
    }
  }

  /// `rows.csv`: what `predict --features` writes, with a label.
  private func writeFeatures(_ folder: String, width: Int = 4) throws {
    let header = ["id"] + (0..<width).map { "feature_\($0)" } + ["label"]
    let rows = Self.numbers { number, label, draw in
      (["row\(number)"] + (0..<width).map { _ in "\(draw())" } + ["class\(label)"])
        .joined(separator: ",")
    }
    try AtomicFile.write(
      ([header.joined(separator: ",")] + rows).joined(separator: "\n") + "\n",
      to: folder + "/rows.csv")
  }

  /// `Steps_TRAIN.ts` and `Steps_TEST.ts`: two channels of 1 to 12 steps.
  private func writeSeries(_ folder: String) throws {
    for (part, _) in [("TRAIN", 0), ("TEST", 1)] {
      var source = RandomKey(seed: part == "TRAIN" ? 5 : 6).source
      let rows = Self.numbers { number, label, draw in
        let steps = 1 + source.below(12)
        let channels = (0..<2).map { _ in
          (0..<steps).map { _ in "\(draw() + source.uniform())" }.joined(separator: ",")
        }
        return channels.joined(separator: ":") + ":class\(label)"
      }
      let header = """
        @problemName Steps
        @timeStamps false
        @missing false
        @univariate false
        @dimensions 2
        @equalLength false
        @classLabel true class0 class1 class2
        @data

        """
      try AtomicFile.write(
        header + rows.joined(separator: "\n") + "\n", to: folder + "/Steps_\(part).ts")
    }
  }

  @Test func featuresFromDataToPrediction() throws {
    try withTemporaryFolder { folder in
      try writeFeatures(folder)
      let trained = try Programme.run(
        ["train", "rows.csv", "--model", "mlp"] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "features: 4 numbers a row, each centred and scaled by mean and deviation of the training part"
        ),
        "\(trained.errors)")
      #expect(!trained.errors.contains("image"), "\(trained.errors)")
      let run = try RunDirectory(existing: folder + "/runs/run")
      let config = try String(contentsOfFile: run.config, encoding: .utf8)
      #expect(config.contains(/\ninput: features +# default: auto/), "\(config)")
      #expect(config.contains(/\naugment: none +# default: paper/), "\(config)")
      for command in [
        ["evaluate", "runs/run"],
        ["evaluate", "runs/run", "--data", "rows.csv", "--allow-leakage"],
        ["train", "--resume", "runs/run"], ["report", "runs/run"], ["inspect", "rows.csv"],
      ] {
        let result = try Programme.run(command, in: folder)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
      let predicted = try Programme.run(
        ["predict", "runs/run", "rows.csv", "--features", "hidden.npz"], in: folder)
      #expect(predicted.status == 0, "\(predicted.errors)")
      #expect(predicted.output.split(separator: "\n").count == 73)
      #expect(predicted.output.contains("\nrow71,class"), "\(predicted.output)")
      // What one model saw of the rows is data for another.
      let archive = try NpzArchive(path: folder + "/hidden.npz")
      #expect(Set(archive.names) == ["features", "ids"])
    }
  }

  /// The linear head is what a run on features has where no network is named; a cross-fit works as on images.
  @Test func crossfitOfALinearHead() throws {
    try withTemporaryFolder { folder in
      try writeFeatures(folder)
      let fitted = try Programme.run(
        ["crossfit", "rows.csv", "--folds", "2", "--method", "erm"]
          + Self.flags.filter { $0 != "--experiment" && $0 != "run" }, in: folder)
      #expect(fitted.status == 0, "\(fitted.errors)")
      let table = try #require(
        try FileManager.default.subpathsOfDirectory(atPath: folder + "/runs").first {
          $0.hasSuffix("predictions-crossfit.csv")
        })
      let rows = try String(contentsOfFile: folder + "/runs/" + table, encoding: .utf8)
      #expect(rows.split(separator: "\n").count == 73)
    }
  }

  @Test func seriesFromDataToPrediction() throws {
    try withTemporaryFolder { folder in
      try writeSeries(folder)
      let trained = try Programme.run(["train", "."] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains("series: 2 channels of 1 to 12 steps")
          && trained.errors.contains("series: a batch holds rows of like length"),
        "\(trained.errors)")
      let config = try String(contentsOfFile: folder + "/runs/run/config.yaml", encoding: .utf8)
      #expect(config.contains(/\nmodel: inception_time +# default: mobilenet_v2/), "\(config)")
      let predicted = try Programme.run(
        ["predict", "runs/run", "Steps_TEST.ts"], in: folder)
      #expect(predicted.status == 0, "\(predicted.errors)")
      #expect(predicted.output.contains("\nSteps_TEST.ts#71,class"), "\(predicted.output)")
      // The same rows again, as data of their own: what the run said of each.
      let own = try String(
        contentsOfFile: folder + "/runs/run/predictions-test.csv", encoding: .utf8)
      func cells(_ text: String, _ column: Int) -> [String: Substring] {
        let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        return Dictionary(rows.map { (String($0[0]), $0[column]) }) { one, _ in one }
      }
      #expect(cells(own, 2).count == 72)
      #expect(cells(predicted.output, 1) == cells(own, 2))
    }
  }

  @Test func whatMakesNoSenseIsRefusedByName() throws {
    try withTemporaryFolder { folder in
      try writeFeatures(folder)
      func refused(_ arguments: [String], _ words: String, status: Int32 = 64) throws {
        let result = try Programme.run(["train", "rows.csv"] + Self.flags + arguments, in: folder)
        #expect(result.status == status && result.errors.contains(words), "\(result.errors)")
        #expect(!FilePath.isFolder(folder + "/runs/run"))
      }
      try refused(
        ["--method", "supcon"],
        "supcon looks at strongly augmented views, which only images have, and the data are features; choose one of: erm,"
      )
      try refused(["--method", "pgd"], "pgd changes pixels, and the data are features")
      try refused(["--img-size", "32"], "--img-size is about images, and the data are features")
      try refused(
        ["--near-duplicates", "group"],
        "--near-duplicates is about images, and the data are features")
      try refused(["--augment", "paper"], "--augment is about images, and the data are features")
      try refused(
        ["--augment-on", "device"], "--augment-on is about images, and the data are features")
      try refused(
        ["--model", "resnet18"],
        "--model resnet18 takes images, and the data are features; choose one of: linear, mlp")
    }
  }

  /// A model asks for the numbers that it was trained on.
  @Test func otherNumbersAreRefused() throws {
    try withTemporaryFolder { folder in
      try writeFeatures(folder)
      #expect(try Programme.run(["train", "rows.csv"] + Self.flags, in: folder).status == 0)
      try writeFeatures(folder, width: 3)
      let predicted = try Programme.run(["predict", "runs/run", "rows.csv"], in: folder)
      #expect(predicted.status == 2)
      #expect(
        predicted.errors.contains(
          "rows.csv: the model expects features, 4 of them a row, and there are 3; give it data"),
        "\(predicted.errors)")
      try writeFeatures(folder, width: 5)
      let wider = try Programme.run(["predict", "runs/run", "rows.csv"], in: folder)
      #expect(wider.status == 2)
      #expect(
        wider.errors.contains(
          "and there are 5 ('feature_4' not among those of training: name what it is"),
        "\(wider.errors)")
      let attacked = try Programme.run(
        ["evaluate", "runs/run", "--attack", "8/255"], in: folder)
      #expect(attacked.status == 64 && attacked.errors.contains("the model takes numbers"))
    }
  }
}
