import Files
import Foundation
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// Features, kept epochs and examples, as a person asks for them.
@Suite(.serialized, .enabled(if: Programme.isBuilt, "the programme is not built"))
struct RecordTests {
  private func train(_ folder: String, _ more: [String]) throws -> Programme.Result {
    try Programme.run(
      [
        "train", "images", "--model", "resnet20", "--img-size", "16", "--epochs", "3",
        "--batch-size", "16", "--threads", "1", "--amp", "off", "--experiment", "run",
        "--no-tensorboard",
      ] + more, in: folder)
  }

  @Test func recordsKeptEpochsAndFeatures() throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 24, ratio: 4, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      let alone = try train(folder, ["--record-every", "2"])
      #expect(alone.status == 64)
      #expect(alone.errors.contains("record-every: it says how often --record examples writes"))
      let trained = try train(
        folder,
        [
          "--method", "sade", "--record", "examples", "--record-every", "2", "--keep-checkpoints",
          "2",
        ])
      #expect(trained.status == 0, "\(trained.errors)")
      let run = try RunDirectory(existing: folder + "/runs/run")
      #expect(try run.keptEpochs() == [2, 3])
      let rows = try ExampleRecords.read(run.examples).rows
      #expect(Set(rows.map(\.epoch)) == [1, 2, 3] && rows.count % 16 == 0)
      #expect(rows.allSatisfy { $0.gradientNorm != nil && $0.path.hasPrefix("train/") })
      let config = String(decoding: try FileBytes.read(run.config), as: UTF8.self)
      #expect(config.contains("record: examples ") && config.contains("keep-checkpoints: 2 "))

      func predict(_ model: String, _ more: [String]) throws -> Programme.Result {
        try Programme.run(["predict", model, "images/test/round"] + more, in: folder)
      }
      let plain = try predict("runs/run", ["-q"])
      let seen = try predict("runs/run", ["--features", "f.npz"])
      #expect(seen.status == 0 && seen.output == plain.output, "\(seen.errors)")
      #expect(seen.errors.contains("features of 2 images in f.npz\n"))
      let archive = try NpzArchive(path: folder + "/f.npz")
      #expect(archive.names == ["features", "ids", "logits"])
      #expect(try archive.array("features").shape == [2, 192])
      #expect(try archive.array("logits").shape == [2, 3, 8])
      let ids = try NpyText(
        parsing: ZipArchive(path: folder + "/f.npz").read("ids.npy"), name: "ids")
      let paths = plain.output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
      #expect(ids.texts == paths.map(String.init))
      let there = try predict("runs/run", ["--features", "f.npz"])
      #expect(there.status == 64)
      #expect(there.errors.contains("features: f.npz exists; replace it with --overwrite"))
      let wrong = try predict("runs/run", ["--features", "f.txt"])
      #expect(wrong.status == 64 && wrong.errors.contains("ends in .npz, .npy or .csv"))
      let epoch = try predict("runs/run/checkpoints/epoch-0003.safetensors", ["-q"])
      #expect(epoch.status == 0, "\(epoch.errors)")
    }
  }
}
