import Files
import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// `--threads auto`: what the trial finds is said, kept for the run, and refused where one command trains several times.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct MeasuredThreadsTests {
  private static let flags = [
    "--model", "resnet20", "--img-size", "16", "--epochs", "1", "--batch-size", "8", "--threads",
    "auto",
  ]

  @Test func theRunKeepsWhatTheTrialFound() throws {
    try withTemporaryFolder { folder in
      _ = try DemoFolder(folder).draw(
        DemoSet(seed: 1, side: 16, most: 16, ratio: 4, testPerClass: 3), threads: 2)
      let trained = try Programme.run(
        ["train", "images", "--experiment", "run"] + Self.flags, in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      let said = try #require(
        trained.errors.firstMatch(of: /threads: (\d+) for the whole run; images a second/))
      let kept = try String(
        decoding: FileBytes.read(folder + "/runs/run/config.yaml"), as: UTF8.self)
      #expect(kept.contains(/(?m)^threads: (\d+)/))
      #expect(kept.firstMatch(of: /(?m)^threads: (\d+)/)?.output.1 == said.output.1)
    }
  }

  @Test(arguments: ["compare", "crossfit"]) func severalTrainingsNeedANumber(_ command: String)
    throws
  {
    try withTemporaryFolder { folder in
      _ = try DemoFolder(folder).draw(
        DemoSet(seed: 1, side: 16, most: 16, ratio: 4, testPerClass: 3), threads: 2)
      let ended = try Programme.run(
        [command, "images"]
          + (command == "compare" ? ["--methods", "erm", "--output", "study"] : []) + Self.flags,
        in: folder)
      #expect(ended.status == 64, "\(ended.errors)")
      #expect(ended.errors.contains("\(command) trains several times"), "\(ended.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/study"))
    }
  }

  @Test func whatIsNoImageIsSaid() throws {
    try withTemporaryFolder { folder in
      let rows = (0..<12).map { "\($0),\(12 - $0),\($0 % 2 == 0 ? "a" : "b")\n" }
      try AtomicFile.write("feature_0,feature_1,label\n" + rows.joined(), to: folder + "/rows.csv")
      let trained = try Programme.run(
        [
          "train", "rows.csv", "--method", "erm", "--epochs", "1", "-b", "2", "--threads", "auto",
          "--experiment", "run",
        ], in: folder)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(
        trained.errors.contains(
          "auto measures where images are trained on the processor, which is not so here"),
        "\(trained.errors)")
    }
  }
}
