import Foundation
import Networks
import OrderedCollections
import Testing
import Torch

@Suite("Architecture")
struct ArchitectureTests {
  @Test(
    "parameters are torchvision's and the papers' at 1000 classes, BiT's and He's at theirs",
    arguments: [
      ("resnet18", 1000, 11_689_512), ("resnet34", 1000, 21_797_672),
      ("resnet50", 1000, 25_557_032), ("resnext50_32x4d", 1000, 25_028_904),
      ("mobilenet_v2", 1000, 3_504_872), ("mobilenet_v2", 5, 2_223_872 + 1281 * 5),
      ("bit_m_r50x1", 5, 23_510_597), ("bit_m_r50x1", 23, 23_500_352 + 2049 * 23),
      ("resnet20", 10, 269_722), ("resnet32", 10, 464_154), ("resnet56", 10, 853_018),
      ("efficientnet_lite0", 1000, 4_652_008), ("efficientnet_lite1", 1000, 5_416_680),
      ("efficientnet_lite2", 1000, 6_092_072), ("efficientnet_b0", 1000, 5_288_548),
      ("efficientnet_b1", 1000, 7_794_184), ("efficientnet_b2", 1000, 9_109_994),
      ("efficientnet_b3", 1000, 12_233_232), ("efficientnet_b4", 1000, 19_341_616),
    ])
  func parameters(name: String, classes: Int, count: Int) throws {
    #expect(try Architectures.named(name).size(classes: classes, imageSize: 32).parameters == count)
  }

  @Test(
    "parameters of transformers and ConvNeXts are timm's",
    arguments: [
      ("convnext_tiny", 28_589_128), ("convnext_small", 50_223_688),
      ("convnext_base", 88_591_464), ("convnext_large", 197_767_336),
      ("convnextv2_tiny", 28_635_496), ("convnextv2_base", 88_717_800),
      ("convnextv2_large", 197_956_840), ("vit_small_patch16_224", 22_050_664),
      ("vit_base_patch16_224", 86_567_656), ("vit_large_patch16_224", 304_326_632),
      ("vit_small_patch14_dinov2", 22_441_192), ("vit_base_patch14_dinov2", 87_348_712),
      ("vit_large_patch14_dinov2", 305_392_616), ("vit_small_patch14_reg4_dinov2", 22_442_344),
      ("vit_base_patch14_reg4_dinov2", 87_351_016),
      ("vit_large_patch14_reg4_dinov2", 305_395_688), ("vit_small_patch16_dinov3", 21_971_944),
      ("vit_base_patch16_dinov3", 86_410_216), ("vit_large_patch16_dinov3", 304_104_424),
    ])
  func transformers(name: String, count: Int) throws {
    let architecture = try Architectures.named(name)
    let side = architecture.sideMultiple == 14 ? 28 : 32
    #expect(architecture.size(classes: 1000, imageSize: side).parameters == count)
  }

  @Test(
    "multiply-adds of one image at the default size are the known ones",
    arguments: [
      ("convnext_tiny", 1000, 4_455_531_264), ("convnext_base", 1000, 15_354_729_472),
      ("convnextv2_tiny", 1000, 4_455_531_264), ("vit_small_patch16_224", 1000, 4_598_882_304),
      ("vit_small_patch14_reg4_dinov2", 1000, 46_883_212_800),
      ("vit_small_patch16_dinov3", 1000, 6_245_670_912),
    ])
  func newer(name: String, classes: Int, count: Int) throws {
    try multiplyAdds(name: name, classes: classes, count: count)
  }

  @Test(
    "multiply-adds of one image at the default size are the known ones",
    arguments: [
      ("resnet18", 1000, 1_814_073_344), ("resnet34", 1000, 3_663_761_408),
      ("resnet50", 1000, 4_089_184_256), ("resnext50_32x4d", 1000, 4_230_479_872),
      ("mobilenet_v2", 1000, 300_774_272), ("bit_m_r50x1", 1000, 4_089_184_256),
      ("resnet20", 10, 40_551_040), ("resnet32", 10, 68_862_592),
      ("resnet56", 10, 125_485_696),
      ("efficientnet_lite0", 1000, 385_187_552), ("efficientnet_lite1", 1000, 600_185_232),
      ("efficientnet_lite2", 1000, 859_736_272), ("efficientnet_b0", 1000, 385_814_752),
      ("efficientnet_b1", 1000, 686_802_832), ("efficientnet_b2", 1000, 993_561_872),
      ("efficientnet_b3", 1000, 1_827_141_392), ("efficientnet_b4", 1000, 4_393_771_024),
    ])
  func multiplyAdds(name: String, classes: Int, count: Int) throws {
    #expect(try Architectures.named(name).size(classes: classes).multiplyAdds == count)
  }

  /// D·C + C; D·512 + 512 with two normalisations of 512; tsai's own count, at kernels 39, 19 and 9.
  @Test(
    "networks of features and series have as many parameters and multiply-adds as written out",
    arguments: [
      ("linear", [1024], 1025 * 10, 10_240),
      ("mlp", [7], 7 * 512 + 512 * 512 + 6 * 512 + 5130, 7 * 512 + 512 * 512 + 5120),
      ("inception_time", [1, 500], 389_642, 193_153_280),
      (
        "inception_time", [3, 20], 456_522,
        20 * (3 * 32 + 32 * 32 * 67 + 3 * 32 + 5 * 76_800 + 3 * 128) + 1280
      ),
    ])
  func otherInputs(name: String, shape: [Int], parameters: Int, multiplyAdds: Int) throws {
    let size = try Architectures.named(name).size(classes: 10, shape: shape)
    #expect(size.parameters == parameters)
    #expect(size.multiplyAdds == multiplyAdds)
  }

  @Test("an untouched BiT starts at exactly ln C", arguments: [2, 5, 23])
  func zeroHead(classes: Int) throws {
    let network = try Architectures.named("bit_m_r50x1").build(
      classes: classes, using: Generator(seed: 1))
    let images = Tensor.normal([2, 3, 32, 32], using: Generator(seed: 2))
    let logits = withoutGradients { network(images, Context(training: true)) }
    #expect(logits.scalars(as: Float.self).allSatisfy { $0 == 0 })
    let loss = -logits.logSoftmax(dim: 1).scalars(as: Float.self)[0]
    #expect(loss == Float(log(Double(classes))))
  }

  /// Network, parameter, 1 over its variance: fan/2 (He), 3 fan-in (uniform), 1/0.01².
  static let spreads: [(String, String, Double)] = [
    ("resnet18", "layer2.0.conv2.weight", 576), ("resnet18", "fc.weight", 1536),
    ("mobilenet_v2", "features.18.0.weight", 640), ("mobilenet_v2", "classifier.1.weight", 10_000),
    ("resnet32", "layer3.0.conv2.weight", 288),
    ("bit_m_r50x1", "body.block2.unit01.conv2.weight", 3456),
    ("efficientnet_b0", "blocks.5.0.conv_dw.weight", 12.5),
    ("efficientnet_b0", "blocks.5.0.conv_pwl.weight", 96),
    ("efficientnet_lite0", "classifier.weight", 3840),
  ]

  @Test("first weights have torchvision's spread", arguments: spreads)
  func spread(name: String, parameter: String, precision: Double) throws {
    let network = try Architectures.named(name).build(classes: 40, using: Generator(seed: 3))
    let weight = try #require(network.stateDict[parameter])
    #expect(abs(weight.square().mean().item() * precision - 1) < 0.05)
  }

  @Test("every entry has a name, a citation, a size and a normalisation")
  func entries() {
    #expect(Set(Architectures.all.map(\.name)).count == Architectures.all.count)
    #expect(
      InputForm.allCases.flatMap(Architectures.of).map(\.name) == Architectures.all.map(\.name))
    for architecture in Architectures.all {
      #expect(architecture.citation.contains(/(19|20)\d\d/))
      if let side = architecture.defaultImageSize {
        #expect([32, 224, 240, 256, 260, 288, 300, 320, 380, 518].contains(side))
        #expect(architecture.typicalShape == [3, side, side])
      } else {
        #expect(architecture.input != .images)
        #expect(architecture.typicalShape.count == (architecture.input == .series ? 2 : 1))
      }
      let channels = architecture.input == .images ? 3 : 0
      #expect(architecture.mean.count == channels && architecture.std.count == channels)
    }
  }

  @Test("a twin has the same tensors, names each the other, and timm's names are found")
  func twins() throws {
    let twins = Architectures.all.filter { $0.twin != nil }
    #expect(twins.count == 18)
    for architecture in twins {
      let other = try Architectures.named(try #require(architecture.twin))
      #expect(other.twin == architecture.name)
      let both = [architecture, other].map {
        $0.build(classes: 2, using: Initializer(dtype: .float32, generator: nil)).stateDict
      }
      #expect(both[0].keys == both[1].keys)
      #expect(both[0].values.map(\.shape) == both[1].values.map(\.shape))
    }
    #expect(try Architectures.named("tf_efficientnet_b3").name == "efficientnet_b3")
    #expect(throws: UnknownArchitecture.self) { try Architectures.named("tf_resnet18") }
  }

  @Test("tokens are pooled only where there are tokens, and the default is in the form")
  func pooling() throws {
    let (vit, resnet) = (
      try Architectures.named("vit_small_patch16_224"), try Architectures.named("resnet20")
    )
    let mean = NetworkForm(pooling: .mean)
    #expect(vit.problem(of: mean, classes: 3) == nil)
    #expect(
      resnet.problem(of: mean, classes: 3)
        == "expected no pooling of tokens for resnet20, which has none, got 'mean'")
    #expect(
      resnet.problem(of: NetworkForm(branches: 0), classes: 3) == "expected 1 to 64 branches, got 0"
    )
    let built = vit.build(classes: 2, using: Initializer(dtype: .float32, generator: nil))
    #expect(built.form == NetworkForm(pooling: .token))
    let text = try JSONEncoder().encode(built.form)
    #expect(try JSONDecoder().decode(NetworkForm.self, from: text) == built.form)
  }

  @Test("names are found with dash, underscore and capitals; others list what there is")
  func names() throws {
    #expect(try Architectures.named("MobileNet-V2").name == "mobilenet_v2")
    let error = #expect(throws: UnknownArchitecture.self) { try Architectures.named("vgg") }
    #expect(
      error?.description
        == "no network is called 'vgg'; there are: "
        + Architectures.all.map(\.name).joined(separator: ", "))
    #expect(Architectures.all.count == 65)
  }

  @Test("a wrong class count or dropout stops with what was expected")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      _ = try Architectures.named("resnet20").build(classes: 0, using: Generator(seed: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = try Architectures.named("resnet20").build(
        classes: 2, dropout: 1, using: Generator(seed: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = try Architectures.named("mlp").build(classes: 2, using: Generator(seed: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = try Architectures.named("mlp").size(classes: 2, shape: [3, 8, 8])
    }
  }
}
