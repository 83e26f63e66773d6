import Networks
import OrderedCollections
import SteelyardCommand
import TestSupport
import Testing
import Torch
import Weights

/// Of which of two networks with the same tensors a file is.
@Suite struct WeightsOriginTests {
  @Test(arguments: [
    ("tf_efficientnet_b0_ns-c0e6a31c.pth", "efficientnet_b0"),
    (
      "hub/models--timm--tf_efficientnet_b0.ns_jft_in1k/snapshots/1f/model.safetensors",
      "efficientnet_b0"
    ),
    ("efficientnet_b0_ra-3dd342df.pth", "efficientnet_b0_torch"),
    ("timm/efficientnet_b0.ra_in1k/model.safetensors", "efficientnet_b0_torch"),
    ("weights/efficientnet_b0.pth", nil), ("efficientnet_b1_ra-3dd342df.pth", nil),
    ("mine.safetensors", nil),
  ])
  func pathsTell(path: String, told: String?) throws {
    for name in ["efficientnet_b0", "efficientnet_b0_torch"] {
      let model = try Architectures.named(name)
      #expect(WeightsOrigin.told(by: path, for: model) == told)
      #expect((WeightsOrigin.doubt(path, for: model) == nil) == (told != nil))
      if let told, told != name {
        #expect(throws: WeightsMismatch.self) { try WeightsOrigin.check(path, for: model) }
      } else {
        #expect(throws: Never.self) { try WeightsOrigin.check(path, for: model) }
      }
    }
    let other = try Architectures.named("resnet18")
    #expect(WeightsOrigin.told(by: path, for: other) == nil)
    #expect(WeightsOrigin.doubt(path, for: other) == nil)
  }

  @Test func whatIsSaid() throws {
    let model = try Architectures.named("efficientnet_b0")
    let error = #expect(throws: WeightsMismatch.self) {
      try WeightsOrigin.check("a/efficientnet_b0_ra-3dd342df.pth", for: model)
    }
    #expect(
      error?.description
        == "the weights are of efficientnet_b0_torch: efficientnet_b0_ra-3dd342df.pth says so. Its tensors have"
        + " the names and shapes of efficientnet_b0's, which would take them and compute something else:"
        + " --model efficientnet_b0_torch")
    #expect(
      WeightsOrigin.doubt("a.pth", for: model)
        == "pretrained: efficientnet_b0 and efficientnet_b0_torch have the same tensors, and the file does not say"
        + " of which it is; taken as timm's tf_efficientnet_b0 (TensorFlow's padding). If it is timm's"
        + " efficientnet_b0 (PyTorch's padding): --model efficientnet_b0_torch")
  }

  /// OpenAI's weights of CLIP have QuickGELU, and OpenCLIP's most often not; the tensors are the same.
  @Test(arguments: [
    ("timm/vit_base_patch32_clip_224.openai/model.safetensors", true),
    ("vit_base_patch32_clip_quickgelu_224.bin", true), ("openai/clip-vit-base-patch32/a.bin", true),
    ("tf_models/clip.safetensors", false), ("open_clip_model.safetensors", false),
  ])
  func towersTell(path: String, isQuick: Bool) throws {
    let (plain, quick) = ("vit_base_patch32_clip_224", "vit_base_patch32_clip_quickgelu_224")
    let model = try Architectures.named(plain)
    #expect(WeightsOrigin.told(by: path, for: model) == (isQuick ? quick : nil))
    let doubt = WeightsOrigin.doubt(path, for: model)
    #expect(
      doubt
        == (isQuick
          ? nil
          : "pretrained: \(plain) and \(quick) have the same tensors, and the file does not say of which it is;"
            + " taken as one with GELU, as most of OpenCLIP's. If it is OpenAI's (QuickGELU): --model \(quick)")
    )
  }

  /// What Steelyard wrote says it, whatever the path.
  @Test func ownFilesTell() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/tf_efficientnet_b0.safetensors"
      try Safetensors.write(
        ["a": Tensor.zeros([1])], metadata: ["architecture": "efficientnet_b0_torch"], to: path)
      let model = try Architectures.named("efficientnet_b0")
      #expect(WeightsOrigin.told(by: path, for: model) == "efficientnet_b0_torch")
    }
  }
}
