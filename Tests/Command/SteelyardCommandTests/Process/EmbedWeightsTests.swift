import Files
import Networks
import OrderedCollections
import SteelyardCommand
import TestSupport
import Testing
import Torch
import Weights

/// What `embed` and `train` say of the weights that they are given, as a person has it.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct EmbedWeightsTests {
  /// Pictures in `images`.
  private func withImages(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let set = DemoSet(seed: 1, side: 16, most: 8, ratio: 2, testPerClass: 2)
      _ = try DemoFolder(folder).draw(set, threads: 2)
      try body(folder)
    }
  }

  private func embed(
    _ folder: String, _ model: String, _ weights: String
  ) throws -> Programme.Result {
    try Programme.run(
      [
        "embed", "images", "--model", model, "--pretrained", weights, "--output", "f.npz",
        "--threads", "1",
      ], in: folder)
  }

  /// A wrapper's prefix is said; so are tensors that the network has no place for, beside the prefix and under it.
  @Test func whatOfTheFileIsNotUsedIsSaid() throws {
    try withImages { folder in
      let network = try Architectures.named("resnet20").build(
        classes: 5, using: Generator(seed: 1))
      var weights = StateDict(
        uniqueKeysWithValues: network.stateDict.map { ("module." + $0.key, $0.value) })
      weights["module.extra.weight"] = Tensor.ones([2])
      weights["optimizer.step"] = Tensor.ones([1])
      try Safetensors.write(weights, to: folder + "/w.safetensors")
      let ended = try embed(folder, "resnet20", "w.safetensors")
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(
        ended.errors.contains("tensors of resnet20 taken over, found under 'module.'\n"),
        "\(ended.errors)")
      #expect(
        ended.errors.contains("weights: not used: extra.weight, optimizer.step\n"),
        "\(ended.errors)")
      #expect(!ended.errors.contains("left as they were"), "\(ended.errors)")
    }
  }

  /// Weights that are given to who accepts their terms are never fetched; where they are to be had is said.
  @Test func whereWeightsWithTermsAreToBeHad() throws {
    try withImages { folder in
      let model = "vit_small_patch16_dinov3"
      let train = ["train", "images", "--model", model, "--pretrained"]
      for ended in [
        try embed(folder, model, "imagenet"), try embed(folder, model, "absent.safetensors"),
        try Programme.run(train + ["imagenet"], in: folder),
        try Programme.run(train + ["absent.safetensors"], in: folder),
      ] {
        #expect(ended.status != 0)
        #expect(ended.errors.contains("https://ai.meta.com/dinov3"), "\(ended.errors)")
      }
      let free = try embed(folder, "resnet18", "absent.safetensors")
      #expect(free.status != 0)
      #expect(!free.errors.contains("terms"), "\(free.errors)")
      #expect(!FilePath.isFile(folder + "/f.npz") && !FilePath.isFolder(folder + "/runs"))
    }
  }
}
