import ArgumentParser
import Datasets
import Files
import Foundation
import Inference
import OrderedCollections
import Randomness
import Runs
import SteelyardCommand
import TestSupport
import Torch
import Weights

extension FuzzTarget {
  private static func state(_ names: String...) -> @Sendable () throws -> [[UInt8]] {
    { try names.map { try FileBytes.read(Golden.path("Weights/\($0)")) } }
  }

  static let weights = [
    FuzzTarget(
      name: "pth",
      seeds: state("zip.pth", "stream.pth", "nested.pth", "module.pth", "checkpoint-stream.pth")
    ) {
      bytes, _ in
      try bytes.withUnsafeBytes { raw in
        for tensor in try TorchPickle.parse(raw, name: "m.pth").values { _ = tensor.count }
      }
    },
    FuzzTarget(name: "safetensors", seeds: state("python.safetensors")) { bytes, folder in
      try bytes.withUnsafeBytes { raw in
        for tensor in try Safetensors.parse(raw, name: "m").tensors.values { _ = tensor.count }
      }
      // Weights are no table of features, and that too is an answer.
      _ = try? Dataset.open(put(bytes, folder, "m.safetensors"))
    },
    FuzzTarget(
      name: "model", seeds: { [try FileBytes.read(FuzzRun.shared.get().model)] }, head: 6000,
      quick: 50
    ) { bytes, folder in
      let path = try put(bytes, folder, "model.safetensors")
      _ = try ModelFile.read(path, on: .cpu)
      _ = try ModelFile.rule(of: path)
    },
  ]

  /// The state that a run is taken up from, by what the command does once its arguments are parsed: parsing them takes longer
  /// than to refuse a checkpoint.
  static let checkpoint = FuzzTarget(
    name: "checkpoint", seeds: { [try FileBytes.read(FuzzRun.shared.get().last)] }, head: 6000,
    quick: 10
  ) { bytes, _ in
    let run = try FuzzRun.shared.get()
    try Data(bytes).write(to: URL(fileURLWithPath: run.last))
    _ = try TrainRun(run.options, resuming: RunDirectory(existing: run.path), isQuiet: true)()
  }
}

/// A run on 24 rows of numbers, made once.
struct FuzzRun: Sendable {
  let path: String
  /// What it is gone on with.
  let options: ResolvedOptions
  var model: String { path + "/model.safetensors" }
  var last: String { path + "/checkpoints/last.safetensors" }

  static let shared = Result { try FuzzRun() }

  private init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("steelyard-fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var source = RandomKey(seed: 3).source
    let rows = (0..<24).map { row in
      "r\(row),\(source.normal()),\(Double(row % 2) + source.normal()),c\(row % 2)\n"
    }
    try AtomicFile.write(
      "id,feature_0,feature_1,label\n" + rows.joined(), to: folder + "/rows.csv")
    var command = try TrainCommand.parseAsRoot([
      "\(folder)/rows.csv", "--model", "linear", "--epochs", "2", "--batch-size", "8", "--threads",
      "1", "--output-dir", folder, "--experiment", "run", "--no-tensorboard", "--quiet",
    ])
    try command.run()
    path = folder + "/run"
    options = try RunDirectory(existing: path).optionsToGoOn()
  }
}
