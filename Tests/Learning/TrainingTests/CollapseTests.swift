import Batches
import Files
import Inference
import Methods
import Networks
import Plans
import Runs
import TestSupport
import Testing
import Torch
import Training

/// `collapse.csv` and `uncertainty-*.json`, of runs that went through and runs that were stopped.
@Suite struct CollapseTests {
  private func rows(_ directory: RunDirectory) throws -> [[String]] {
    let text = String(
      decoding: try FileBytes.read(FilePath.join(directory.path, "collapse.csv")), as: UTF8.self)
    return text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// A row an epoch; the last is what the model says of the training images. Nothing else of the run changes.
  @Test func aRowAnEpoch() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), epochs: 3, folder: folder)
      let plain = try tiny.directory("plain")
      _ = try tiny.trainer(in: plain).run()
      #expect(!FilePath.isFile(FilePath.join(plain.path, "collapse.csv")))
      tiny.plan.recordsCollapse = true
      tiny.plan.keptCheckpoints = 1
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let (bytes, golden) = (try TinyRun.bytes(directory), try TinyRun.bytes(plain))
      for (name, one) in golden where !name.hasPrefix("checkpoints/last") {
        let same = bytes[name] == one
        #expect(same, "\(name)")
      }
      let table = try rows(directory)
      #expect(
        table[0] == [
          "epoch", "nc1", "equinorm", "equiangle", "maximal_angle", "nc3", "rare_angle",
          "rare_weight_angle",
        ])
      #expect(table.dropFirst().map { $0[0] } == ["1", "2", "3"])
      // One class of three is rare: there is no pair.
      #expect(table[3][6] == "" && table[3][7] == "")
      let model = try ModelFile.read(directory.checkpoint(ofEpoch: 3), on: .cpu).network
      let source = tiny.data.train.source(for: .evaluation, tiny.plan.preprocessing, workers: 1)
      let features = try Predictor(batchSize: 32, workers: 1, autocast: nil, device: .cpu)
        .features(of: source, by: model)
      let expected = NeuralCollapse(
        features, tiny.data.labels, counts: [20, 8, 3], weights: model.heads[0].classRows)
      #expect(close(Double(table[3][1]) ?? 0, expected.variability ?? 1, relative: 1e-3))
      #expect(close(Double(table[3][5]) ?? 0, expected.duality ?? 1, relative: 1e-3))
    }
  }

  /// Stopped anywhere, also while it measures, and taken up: the same table.
  @Test(arguments: [ERM() as any Method, KCL(), TLC()])
  func stoppedAndTakenUp(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, folder: folder)
      tiny.plan.recordsCollapse = true
      tiny.plan.averageDecay = 0.8
      tiny.plan.checkpointSteps = 3
      let whole = try tiny.directory("whole")
      let asked = try tiny.runCountingStops(in: whole)
      let (golden, bytes) = (try rows(whole), try TinyRun.bytes(whole))
      #expect(golden.count == 3)
      for point in stride(from: 2, through: asked, by: 5) {
        let directory = try tiny.directory("stopped")
        try tiny.runUntilStopped(in: directory, at: point)
        _ = try tiny.trainer(in: directory, resuming: true).run()
        #expect(try rows(directory) == golden, "stopped at \(point)")
        let same = try TinyRun.bytes(directory)["model.safetensors"] == bytes["model.safetensors"]
        #expect(same, "stopped at \(point)")
      }
    }
  }

  /// Networks that give images have no classes' features to collapse.
  @Test func nothingOfImages() throws {
    try withTemporaryFolder { folder in
      var images = SSIMAutoencoder()
      images.side = 16
      var tiny = try TinyRun(images, epochs: 1, folder: folder)
      tiny.plan.recordsCollapse = true
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      #expect(!FilePath.isFile(FilePath.join(directory.path, "collapse.csv")))
    }
  }

  /// A model that says how sure it is leaves a record of how well it knows its mistakes; others leave none.
  @Test func evidenceLeavesARecord() throws {
    try withTemporaryFolder { folder in
      for (name, method) in [("tlc", TLC() as any Method), ("ride", RIDE())] {
        let tiny = try TinyRun(method, folder: folder)
        let directory = try tiny.directory(name)
        _ = try tiny.trainer(in: directory).run()
        for part in ["val", "test"] {
          let record = try UncertaintyRecord.readIfPresent(directory.uncertainty(part))
          #expect((record != nil) == (name == "tlc"))
          guard let record else { continue }
          #expect((0...1).contains(record.uncertainty))
          #expect(close(record.engaged.reduce(0, +), 1) && record.engaged.count <= 4)
        }
        let header = String(
          decoding: try FileBytes.read(directory.predictions("test")), as: UTF8.self
        ).prefix { $0 != "\n" }
        #expect(header.hasSuffix(",uncertainty,experts") == (name == "tlc"), "\(header)")
      }
    }
  }
}
