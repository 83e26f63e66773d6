import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Files of other packages, by the names of those packages: what comes out is what the package itself answers; of towers of
/// images and text, which are large, every tensor finds its place.
@Suite("Files of other packages")
struct SpelledNetworkTests {
  /// One file, and what its package makes of an image.
  struct Case: Decodable {
    struct Entry: Decodable {
      let name: String
      let shape: [Int]
      /// Whether it is numbers, and no indices.
      let isFraction: Bool

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        name = try list.decode(String.self)
        shape = try list.decode([Int].self)
        isFraction = try list.decode(Bool.self)
      }
    }

    let network, spelling: String
    let tensors: [Entry]
    let side: Int
    /// Whether the package has a last layer beside the backbone.
    let hasHead: Bool
    let values: [Double]

    /// The file, by the rule of `golden.py`.
    func weights(_ dtype: DType, under prefix: String = "") -> StateDict {
      StateDict(
        uniqueKeysWithValues: tensors.enumerated().map { number, entry in
          (
            prefix + entry.name,
            entry.isFraction ? tensor(number, entry, dtype) : .zeros(entry.shape)
          )
        })
    }

    private func tensor(_ number: Int, _ entry: Entry, _ dtype: DType) -> Tensor {
      let count = entry.shape.reduce(1, *)
      let values = GoldenRule.centred(number, count).map { value in
        if entry.shape.count > 1 {
          return value * (12 / Double(count / entry.shape[0])).squareRoot()
        }
        if entry.name.hasSuffix("running_var") { return 1 + value }
        return entry.name.hasSuffix("weight") ? 1 + 0.5 * value : 0.5 * value
      }
      return Tensor(values, shape: entry.shape).to(dtype)
    }
  }

  static let names = gaps.keys.sorted()
  /// A tensor of each file, and what the network calls it.
  private static let gaps = [
    "densenet121": (
      "features.denseblock3.denselayer24.conv.2.weight",
      "features.denseblock3.denselayer24.conv2.weight"
    ),
    "convnext": ("stages.2.8.pwconv1.bias", "stages.2.blocks.8.mlp.fc1.bias"),
    "convnextv2": ("stages.3.0.grn.beta", "stages.3.blocks.0.mlp.grn.bias"),
    "swin": ("layers.2.downsample.norm.bias", "layers.3.downsample.norm.bias"),
    "torchvision-convnext": ("features.7.2.layer_scale", "stages.3.blocks.2.gamma"),
    "torchvision-swin": ("features.6.reduction.weight", "layers.3.downsample.reduction.weight"),
    "torchvision-regnet": (
      "trunk_output.block3.block3-1.f.se.fc2.bias", "s3.b2.se.fc2.bias"
    ),
    "torchvision-efficientnet": ("features.4.1.block.3.0.weight", "blocks.3.1.conv_pwl.weight"),
    "torchvision-vit": (
      "encoder.layers.encoder_layer_7.self_attention.in_proj_bias", "blocks.7.attn.qkv.bias"
    ),
    "transformers-convnext": (
      "convnext.encoder.stages.1.layers.2.layernorm.weight", "stages.1.blocks.2.norm.weight"
    ),
    "transformers-convnextv2": (
      "convnextv2.encoder.stages.2.downsampling_layer.1.weight", "stages.2.downsample.1.weight"
    ),
    "transformers-swin": (
      "swin.encoder.layers.2.blocks.5.attention.self.key.bias", "layers.2.blocks.5.attn.qkv.bias"
    ),
    "transformers-clip": (
      "vision_model.encoder.layers.3.mlp.fc2.weight", "blocks.3.mlp.fc2.weight"
    ),
    "transformers-siglip": ("vision_model.head.probe", "attn_pool.latent"),
    "open_clip": ("visual.transformer.resblocks.11.ln_2.bias", "blocks.11.norm2.bias"),
  ]

  private static func golden(_ name: String) throws -> Case {
    try #require(try Golden.load("Networks/spelled.json", as: [String: Case].self)[name])
  }

  private func network(_ name: String, _ dtype: DType) throws -> Network {
    try Architectures.named(name).build(
      classes: 5, inputs: 3, form: NetworkForm(),
      using: Initializer(dtype: dtype, generator: nil))
  }

  @Test("answers as the package does", arguments: names)
  func answers(name: String) throws {
    let golden = try Self.golden(name)
    let dtype: DType = golden.values.isEmpty ? .float32 : .float64
    let network = try network(golden.network, dtype)
    let report = try network.loadPretrained(golden.weights(dtype))
    #expect(report.spelling == golden.spelling && report.prefix.isEmpty)
    #expect(report.settlesTwin == (golden.spelling == "torchvision"))
    #expect(report.unexpected.isEmpty, "\(report.unexpected)")
    #expect(report.leftOut == (golden.hasHead ? [] : network.headNames))
    #expect(
      Set(report.loaded + report.leftOut)
        == Set(network.stateDict.keys.filter { !$0.hasSuffix(".num_batches_tracked") })
        .union(report.loaded))
    guard !golden.values.isEmpty else { return }
    let images = inLayout(
      GoldenRule.tensor(10_000, [1, 3, golden.side, golden.side], scale: 3.4, .float64))
    let found = withoutGradients { network(images, Context()) }
    // Positions of some packages are in float32.
    #expect(
      difference(found.scalars(as: Double.self), golden.values, relative: 1e-6, absolute: 1e-7)
        == nil)
  }

  /// A wrapper's name before all of them, an unknown tensor, and a gap, which is named as the network names it.
  @Test("a prefix is found, and what is over or missing is said", arguments: names)
  func prefixesAndGaps(name: String) throws {
    let golden = try Self.golden(name)
    var weights = golden.weights(.float32, under: "module.net.")
    weights["module.net.unheard.of"] = .zeros([1])
    let report = try network(golden.network, .float32).loadPretrained(weights)
    #expect(report.spelling == golden.spelling)
    // Where each name is translated by itself, the prefix is left out with it.
    #expect(["module.net.", ""].contains(report.prefix))
    #expect(
      report.unexpected == [report.prefix.isEmpty ? "module.net.unheard.of" : "unheard.of"])
    let (theirs, own) = try #require(Self.gaps[name])
    try #require(weights.removeValue(forKey: "module.net." + theirs) != nil)
    let error = WeightsError.missing(network: golden.network, names: [own])
    #expect(throws: error) { try self.network(golden.network, .float32).loadPretrained(weights) }
  }

  /// torchvision's EfficientNets have PyTorch's padding, as timm's have that were trained in PyTorch.
  @Test("a file of the other padding names its network")
  func padding() throws {
    let weights = try Self.golden("torchvision-efficientnet").weights(.float32)
    let error = WeightsError.twin(
      network: "efficientnet_b0", of: "efficientnet_b0_torch",
      reason: "they have names as torchvision spells them")
    #expect(throws: error) {
      try self.network("efficientnet_b0", .float32).loadPretrained(weights)
    }
  }

  /// Where tensors of towers go that are divided, joined or of another shape there.
  @Test("queries, keys, values, tokens and positions of towers keep their numbers")
  func places() throws {
    func numbers(_ tensor: Tensor?) throws -> [Float] {
      try #require(tensor).contiguous().scalars(as: Float.self)
    }
    func loaded(_ name: String) throws -> (theirs: StateDict, own: StateDict) {
      let golden = try Self.golden(name)
      let (weights, network) = (
        golden.weights(.float32), try network(golden.network, .float32)
      )
      _ = try network.loadPretrained(weights)
      return (weights, network.stateDict)
    }
    func check(_ name: String, _ pairs: [(theirs: String, own: String)]) throws {
      let (theirs, own) = try loaded(name)
      for pair in pairs {
        let (a, b) = (try numbers(theirs[pair.theirs]), try numbers(own[pair.own]))
        #expect(a == b, "\(pair)")
      }
      guard name.hasPrefix("transformers") else { return }
      let block = "vision_model.encoder.layers.4.self_attn."
      for last in ["weight", "bias"] {
        let parts = try ["q", "k", "v"].flatMap {
          try numbers(theirs["\(block)\($0)_proj.\(last)"])
        }
        let joined = try numbers(own["blocks.4.attn.qkv.\(last)"])
        #expect(parts == joined)
      }
    }
    try check(
      "transformers-clip",
      [
        ("vision_model.embeddings.class_embedding", "cls_token"),
        ("vision_model.embeddings.position_embedding.weight", "pos_embed"),
        ("vision_model.pre_layrnorm.bias", "norm_pre.bias"),
        ("vision_model.encoder.layers.11.self_attn.out_proj.weight", "blocks.11.attn.proj.weight"),
      ])
    try check(
      "open_clip",
      [
        ("visual.class_embedding", "cls_token"), ("visual.positional_embedding", "pos_embed"),
        ("visual.conv1.weight", "patch_embed.proj.weight"), ("visual.ln_post.bias", "norm.bias"),
        (
          "visual.transformer.resblocks.2.attn.in_proj_weight", "blocks.2.attn.qkv.weight"
        ),
        ("visual.transformer.resblocks.2.mlp.c_proj.bias", "blocks.2.mlp.fc2.bias"),
      ])
    try check(
      "transformers-siglip",
      [
        ("vision_model.head.probe", "attn_pool.latent"),
        ("vision_model.head.attention.out_proj.bias", "attn_pool.proj.bias"),
        ("vision_model.head.layernorm.weight", "attn_pool.norm.weight"),
      ])
    let (theirs, own) = try loaded("transformers-siglip")
    for last in ["weight", "bias"] {
      let whole = try numbers(theirs["vision_model.head.attention.in_proj_\(last)"])
      let parts = try ["q", "kv"].flatMap { try numbers(own["attn_pool.\($0).\(last)"]) }
      #expect(whole == parts)
    }
  }

  /// The halves of a whole model: the text's is not used, and is said.
  @Test("of a model of images and text the tower of images is taken")
  func towers() throws {
    var weights = try Self.golden("open_clip").weights(.float32)
    weights["text_projection"] = .zeros([512, 512])
    weights["transformer.resblocks.0.ln_1.weight"] = .zeros([512])
    weights["visual.proj"] = .zeros([768, 512])
    let report = try network("vit_base_patch32_clip_quickgelu_224", .float32).loadPretrained(
      weights)
    #expect(report.spelling == "open_clip" && !report.settlesTwin)
    #expect(
      Set(report.unexpected) == [
        "text_projection", "transformer.resblocks.0.ln_1.weight", "visual.proj",
      ])
  }
}
