import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// `train --tune`, `--adapter`, `--layer-decay`, `--drop-path` and `--method lift`, as a person has them.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built"))
struct TuneTests {
  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 8, ratio: 2, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      try body(folder)
    }
  }

  private func train(_ folder: String, _ more: [String]) throws -> Programme.Result {
    try Programme.run(
      [
        "train", "images", "--img-size", "32", "--epochs", "1", "--threads", "1", "--amp", "off",
        "--no-tensorboard",
      ] + more, in: folder)
  }

  @Test(arguments: [
    (["--tune", "lora:2", "--model", "resnet18"], "--tune lora:2: expected no lora for resnet18"),
    (
      ["--method", "lift", "--model", "resnet20"],
      "--method lift: expected no adaptformer for resnet20"
    ),
    (
      ["--tune", "blocks:99", "--model", "resnet20"],
      "--tune blocks:99: expected at most 9 blocks of resnet20, got 99"
    ),
    (
      ["--drop-path", "0.1", "--model", "densenet121"],
      "--drop-path 0.1: expected a network of residual blocks"
    ),
    (
      ["--tune", "lora"],
      "expected all, head, bias, blocks:N, lora:R, lora:R:ALPHA or adaptformer:R"
    ),
    (["--layer-decay", "1.5"], "a number above 0 and up to 1"),
  ])
  func refusals(options: [String], words: String) throws {
    try withImages { folder in
      let ended = try train(folder, options)
      #expect(ended.status != 0 && ended.errors.contains(words), "\(ended.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/runs"))
    }
  }

  /// Trains an adapter on a transformer, goes on from it, and judges with it over another model of the same weights.
  @Test func adaptersComeAndGo() throws {
    try withImages { folder in
      let vit = ["--model", "vit_small_patch16_224", "--augment", "none", "--seed", "3"]
      let first = try train(
        folder,
        vit + [
          "--tune", "lora:1", "--lr", "0.1", "--experiment", "first", "--layer-decay", "0.9",
          "--drop-path", "0.1",
        ])
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.errors.contains("tune lora:1: "), "\(first.errors)")
      let adapter = "runs/first/adapter"
      for file in ["adapter_config.json", "adapter_model.safetensors"] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(adapter)/\(file)"))
      }
      let config = try String(contentsOfFile: "\(folder)/runs/first/config.yaml", encoding: .utf8)
      #expect(config.contains("lora:1") && config.contains("layer-decay: 0.9"))
      let second = try train(
        folder, vit + ["--tune", "head", "--experiment", "second"])
      #expect(second.status == 0, "\(second.errors)")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/runs/second/adapter"))
      func judged(_ arguments: [String]) throws -> String {
        let ended = try Programme.run(["predict"] + arguments + ["--threads", "1"], in: folder)
        #expect(ended.status == 0, "\(ended.errors)")
        return ended.output
      }
      let (own, swapped) = (
        try judged(["runs/first", "images/test"]),
        try judged(["runs/second", "images/test", "--adapter", adapter])
      )
      #expect(own == swapped)
      #expect(try judged(["runs/second", "images/test"]) != own)
      let third = try train(
        folder,
        vit + [
          "--adapter", adapter, "--lr", "1e-9", "--weight-decay", "0", "--experiment", "third",
        ])
      #expect(
        third.errors.contains("adapter: 96 tensors taken over, the last layer with them"),
        "\(third.errors)")
      #expect(third.errors.contains("tune lora:1:1: "))
      let other = try train(folder, vit + ["--adapter", adapter, "--tune", "lora:2", "--dry-run"])
      #expect(
        other.errors.contains("--tune lora:2: the adapter of --adapter is lora:1"),
        "\(other.errors)")
    }
  }

  @Test func liftTrainsAndJudgesFiveCrops() throws {
    try withImages { folder in
      let ended = try train(
        folder, ["--model", "vit_small_patch16_224", "--method", "lift", "--experiment", "lift"])
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.errors.contains("tune adaptformer: "), "\(ended.errors)")
      #expect(
        FileManager.default.fileExists(atPath: folder + "/runs/lift/adapter/adapter_config.json"))
      let predicted = try Programme.run(
        ["predict", "runs/lift", "images/test", "--threads", "1", "--output", "p.csv"], in: folder)
      #expect(predicted.status == 0, "\(predicted.errors)")
    }
  }
}
