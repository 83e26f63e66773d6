import Foundation
import Networks
import SteelyardCommand
import TestSupport
import Testing
import Torch
import Weights

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

  /// Weights of the small transformer that the tests stand on.
  private func writeWeights(_ folder: String, _ name: String, seed: UInt64) throws {
    let network = try Architectures.named("vit_small_patch16_224").build(
      classes: 3, using: Generator(seed: seed))
    try Safetensors.write(network.stateDict, to: "\(folder)/\(name)")
  }

  /// What does not learn must have come from somewhere; a network without anything before its last layer has nothing to
  /// freeze.
  @Test func aNetworkAsItWasDrawnIsNotFrozen() throws {
    try withImages { folder in
      let cases = [
        (["--tune", "head", "--model", "resnet20"], "--tune head"),
        (["--method", "lift", "--model", "vit_small_patch16_224"], "--method lift"),
      ]
      for (options, whose) in cases {
        let words = whose + ": a part of the network does not learn"
        for more in [[], ["--dry-run"]] {
          let ended = try train(folder, options + more)
          #expect(ended.status == 64 && ended.errors.contains(words), "\(ended.errors)")
          #expect(ended.errors.contains("give some with --pretrained FILE"), "\(ended.errors)")
        }
      }
      let compared = try Programme.run(
        [
          "compare", "images", "--methods", "erm,class-balanced", "--tune", "bias", "--model",
          "resnet20", "--output", "c",
        ], in: folder)
      #expect(
        compared.status == 64 && compared.errors.contains("--tune bias: a part of the network"),
        "\(compared.errors)")
      for path in ["runs", "c"] {
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(path)"))
      }
      let rows = (0..<60).map { "r\($0),\($0 % 2 == 0 ? "x" : "y"),\($0 % 7)" }
      try Data((["path,label,feature_0"] + rows).joined(separator: "\n").utf8).write(
        to: URL(fileURLWithPath: folder + "/t.csv"))
      let linear = try Programme.run(
        [
          "train", "t.csv", "--tune", "head", "--model", "linear", "--split", "0.5,0.25,0.25",
          "--dry-run",
        ], in: folder)
      #expect(linear.status == 0, "\(linear.errors)")
    }
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
      try writeWeights(folder, "w.safetensors", seed: 5)
      try writeWeights(folder, "other.safetensors", seed: 6)
      let network = ["--model", "vit_small_patch16_224", "--augment", "none", "--seed", "3"]
      let vit = network + ["--no-frozen", "--pretrained", "w.safetensors"]
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
      #expect(
        try judged(["runs/second", "images/test", "--adapter", adapter, "--features", "f.npz"])
          == own)
      let measured = try Programme.run(
        ["evaluate", "runs/second", "--adapter", adapter, "--threads", "1", "--json"], in: folder)
      #expect(measured.status == 0, "\(measured.errors)")
      func table(_ run: String) throws -> String {
        try String(contentsOfFile: "\(folder)/runs/\(run)", encoding: .utf8)
      }
      #expect(
        try table("second/predictions-test-adapter.csv") == table("first/predictions-test.csv"))
      func embedded(_ output: String, _ more: [String]) throws -> Data {
        let ended = try Programme.run(
          ["embed", "images", "--output", output, "--threads", "1", "--batch-size", "8"] + more,
          in: folder)
        #expect(ended.status == 0, "\(ended.errors)")
        return try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(output)"))
      }
      let features = try embedded("first.csv", ["--run", "runs/first"])
      #expect(
        try embedded("swapped.csv", ["--run", "runs/second", "--adapter", adapter]) == features)
      #expect(try embedded("second.csv", ["--run", "runs/second"]) != features)
      // A head on features of an adapted network is a model of pictures like any other.
      let head = try Programme.run(
        [
          "train", "first.csv", "--method", "knn", "--backbone", "runs/first", "--experiment",
          "head", "--no-tensorboard",
        ], in: folder)
      #expect(head.status == 0, "\(head.errors)")
      _ = try judged(["runs/head", "images/test"])
      let stray = try Programme.run(
        [
          "embed", "images", "--output", "x.npz", "--model", "vit_small_patch16_224",
          "--pretrained", "w.safetensors", "--adapter", adapter,
        ], in: folder)
      #expect(stray.status == 64 && stray.errors.contains("say which with --run"))
      // Beside other weights it means nothing, wherever it is tried.
      let wrong = try train(
        folder,
        network + [
          "--no-frozen", "--pretrained", "other.safetensors", "--adapter", adapter,
          "--experiment", "wrong",
        ])
      #expect(
        wrong.status != 0 && wrong.errors.contains("an adapter made beside weights of digest"),
        "\(wrong.errors)")
      let alone = try train(folder, network + ["--adapter", adapter])
      #expect(
        alone.status == 64
          && alone.errors.contains("it stands beside weights that are not given"),
        "\(alone.errors)")
      let elsewhere = try train(
        folder,
        network + [
          "--no-frozen", "--pretrained", "other.safetensors", "--tune", "head", "--experiment",
          "elsewhere",
        ])
      #expect(elsewhere.status == 0, "\(elsewhere.errors)")
      for command in [
        ["predict", "runs/elsewhere", "images/test"], ["evaluate", "runs/elsewhere"],
        ["embed", "images", "--output", "y.npz", "--run", "runs/elsewhere"],
      ] {
        let refused = try Programme.run(command + ["--adapter", adapter], in: folder)
        #expect(
          refused.status != 0
            && refused.errors.contains("an adapter made beside weights of digest"),
          "\(refused.errors)")
      }
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
      try writeWeights(folder, "w.safetensors", seed: 5)
      let ended = try train(
        folder,
        [
          "--model", "vit_small_patch16_224", "--method", "lift", "--experiment", "lift",
          "--pretrained", "w.safetensors", "--no-frozen",
        ])
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
