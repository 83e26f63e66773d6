import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Weights of transformers as Hugging Face and as Meta spell them: names, shapes and logits of the package itself.
@Suite("Spellings of transformers")
struct TransformersSpellingTests {
  struct Names: Decodable {
    var vit, registers, third: [GoldenNetwork.Entry]
    var old: [String: String]
    var logits, token: [Double]
  }

  private let golden: Names

  init() throws { golden = try Golden.load("Networks/transformers.json", as: Names.self) }

  private func network(_ name: String, _ dtype: DType, classes: Int = 5) throws -> Network {
    try Architectures.named(name).build(
      classes: classes, inputs: 3, form: NetworkForm(),
      using: Initializer(dtype: dtype, generator: nil))
  }

  /// Tensors of a list, by the rule of `golden.py`.
  private func filled(_ entries: [GoldenNetwork.Entry], _ dtype: DType) -> StateDict {
    StateDict(
      uniqueKeysWithValues: entries.enumerated().map { number, entry in
        let count = entry.shape.reduce(1, *)
        let values = GoldenRule.centred(number, count).map { value in
          if entry.shape.count > 1 {
            return value * (12 / Double(count / entry.shape[0])).squareRoot()
          }
          return entry.name.hasSuffix("weight") ? 1 + 0.5 * value : 0.5 * value
        }
        return (entry.name, Tensor(values, shape: entry.shape).to(dtype))
      })
  }

  /// The names that files on the hub have, of version 4 of the package.
  private func old(_ name: String) -> String {
    golden.old.reduce(name) { $0.replacing($1.key, with: $1.value) }
  }

  @Test("a ViT answers as the package does, under the names of both of its versions")
  func vit() throws {
    let weights = filled(golden.vit, .float64)
    let images = inLayout(GoldenRule.tensor(10_000, [1, 3, 224, 224], scale: 3.4, .float64))
    let earlier = StateDict(uniqueKeysWithValues: weights.map { (old($0.key), $0.value) })
    #expect(earlier.keys.contains("vit.encoder.layer.3.attention.attention.query.weight"))
    for given in [weights, earlier] {
      let network = try network("vit_small_patch16_224", .float64)
      let report = try network.loadPretrained(given)
      #expect(report.spelling == "transformers" && report.unexpected.isEmpty)
      #expect(report.leftOut.isEmpty && Set(report.loaded) == Set(network.stateDict.keys))
      let logits = withoutGradients { network(images, Context(training: false)) }
      #expect(
        difference(logits.scalars(as: Double.self), golden.logits, relative: 1e-8) == nil)
    }
  }

  @Test("a gap among queries, keys and values is named by the network's own name")
  func gap() throws {
    var weights = filled(golden.vit, .float32)
    weights["vit.layers.2.attention.k_proj.weight"] = nil
    let error = WeightsError.missing(
      network: "vit_small_patch16_224", names: ["blocks.2.attn.qkv.weight"])
    #expect(throws: error) {
      try self.network("vit_small_patch16_224", .float32).loadPretrained(weights)
    }
  }

  /// The position of the class token is added to it where the network has none.
  private func check(_ network: Network, _ token: Tensor, _ positions: Tensor) throws {
    let own = network.stateDict
    let (first, others) = withoutGradients {
      (
        token + positions.narrowed(dim: 1, start: 0, length: 1),
        positions.narrowed(dim: 1, start: 1, length: positions.shape[1] - 1)
      )
    }
    #expect(own["cls_token"]?.scalars(as: Float.self) == first.scalars(as: Float.self))
    #expect(
      own["pos_embed"]?.scalars(as: Float.self) == others.contiguous().scalars(as: Float.self))
  }

  @Test("DINOv2 with registers as transformers spells it")
  func registers() throws {
    let weights = filled(golden.registers, .float32)
    let network = try network("vit_small_patch14_reg4_dinov2", .float32)
    let report = try network.loadPretrained(weights)
    #expect(report.spelling == "transformers" && report.leftOut == network.headNames)
    #expect(report.unexpected == ["embeddings.mask_token"])
    try check(
      network, try #require(weights["embeddings.cls_token"]),
      try #require(weights["embeddings.position_embeddings"]))
    let own = network.stateDict
    for (name, place) in [("q_proj", 0), ("k_proj", 1), ("v_proj", 2)] {
      let part = own["blocks.7.attn.qkv.weight"]?.narrowed(
        dim: 0, start: 384 * place, length: 384)
      #expect(
        part?.contiguous().scalars(as: Float.self)
          == weights["encoder.layer.7.attention.\(name).weight"]?.scalars(as: Float.self))
    }
    #expect(
      own["blocks.3.ls2.gamma"]?.scalars(as: Float.self)
        == weights["encoder.layer.3.layer_scale2.lambda1"]?.scalars(as: Float.self))
  }

  @Test("DINOv2 with registers as Meta spells it", arguments: ["", "teacher.backbone."])
  func meta(prefix: String) throws {
    let source = try network("vit_small_patch14_reg4_dinov2", .float32)
    GoldenRule.fill(source)
    var weights = StateDict()
    for (name, tensor) in source.stateDict where !source.headNames.contains(name) {
      switch name {
      case "reg_token": weights[prefix + "register_tokens"] = tensor
      case "pos_embed":
        weights[prefix + name] = GoldenRule.tensor(77, [1, 1370, 384], .float32)
      default: weights[prefix + name] = tensor
      }
    }
    weights[prefix + "mask_token"] = Tensor.zeros([1, 384])
    let network = try network("vit_small_patch14_reg4_dinov2", .float32)
    let report = try network.loadPretrained(weights)
    #expect(report.spelling == "dinov2" && report.leftOut == network.headNames)
    try check(
      network, try #require(weights[prefix + "cls_token"]),
      try #require(weights[prefix + "pos_embed"]))
    #expect(
      network.stateDict["blocks.11.attn.qkv.weight"]?.scalars(as: Float.self)
        == source.stateDict["blocks.11.attn.qkv.weight"]?.scalars(as: Float.self))
  }

  /// DINOv3 as transformers fills it, its queries and values without bias.
  private func third(_ dtype: DType) -> StateDict {
    var weights = filled(golden.third, dtype)
    for (name, tensor) in weights
    where name.hasSuffix("q_proj.bias") || name.hasSuffix("v_proj.bias") {
      weights[name] = Tensor.zeros(tensor.shape).to(dtype)
    }
    return weights
  }

  /// Its class token is what the package's pooling gives.
  private func dinoV3(_ dtype: DType) throws -> Network {
    try Architectures.named("vit_small_patch16_dinov3").build(
      classes: 5, inputs: 3, form: NetworkForm(pooling: .token),
      using: Initializer(dtype: dtype, generator: nil))
  }

  @Test("DINOv3 answers as the package does, under the names of both of its versions")
  func dinoV3OfTransformers() throws {
    let weights = third(.float64)
    #expect(weights.keys.contains("model.layer.0.attention.q_proj.bias"))
    let earlier = StateDict(
      uniqueKeysWithValues: weights.map {
        ($0.key.replacing("model.layer", with: "layer"), $0.value)
      })
    let images = inLayout(GoldenRule.tensor(10_000, [1, 3, 224, 224], scale: 3.4, .float64))
    for given in [weights, earlier] {
      let network = try dinoV3(.float64)
      let report = try network.loadPretrained(given)
      #expect(report.spelling == "transformers" && report.leftOut == network.headNames)
      #expect(report.unexpected == ["embeddings.mask_token"])
      let features = withoutGradients { network.features(images, Context(training: false))[0] }
      // The package turns positions in float32.
      #expect(
        difference(features.scalars(as: Double.self), golden.token, relative: 1e-6, absolute: 1e-7)
          == nil)
    }
  }

  @Test("biases that DINOv3 has no place for are said where they are not zero")
  func biases() throws {
    var weights = third(.float32)
    weights["model.layer.3.attention.v_proj.bias"] = Tensor.ones([384])
    let report = try dinoV3(.float32).loadPretrained(weights)
    #expect(report.unexpected == ["embeddings.mask_token", "blocks.3.attn.qkv.bias"])
  }

  @Test("DINOv3 as Meta spells it", arguments: ["", "teacher.backbone."])
  func dinoV3OfMeta(prefix: String) throws {
    let source = try dinoV3(.float32)
    GoldenRule.fill(source)
    var weights = StateDict()
    for (name, tensor) in source.stateDict where !source.headNames.contains(name) {
      let theirs = name.replacing("reg_token", with: "storage_tokens")
        .replacing("gamma_1", with: "ls1.gamma").replacing("gamma_2", with: "ls2.gamma")
      weights[prefix + theirs] = tensor
    }
    // Of keys, which the mask takes out.
    let bias = [0, 1, 0].map { Tensor.zeros([384]) + $0 }
    for block in 0..<12 {
      let layer = "\(prefix)blocks.\(block).attn.qkv."
      weights[layer + "bias"] = .concatenated(bias, dim: 0)
      weights[layer + "bias_mask"] = Tensor.zeros([1152])
    }
    weights[prefix + "rope_embed.periods"] = Tensor.ones([16])
    let network = try dinoV3(.float32)
    let report = try network.loadPretrained(weights)
    #expect(report.spelling == "dinov3" && report.leftOut == network.headNames)
    #expect(report.unexpected.isEmpty)
    for name in ["reg_token", "blocks.5.gamma_2", "blocks.11.attn.qkv.weight", "norm.bias"] {
      #expect(
        network.stateDict[name]?.scalars(as: Float.self)
          == source.stateDict[name]?.scalars(as: Float.self), "\(name)")
    }
  }

  @Test("timm's own names are not taken for another spelling")
  func own() throws {
    let source = try network("vit_small_patch14_reg4_dinov2", .float32)
    GoldenRule.fill(source)
    let report = try network("vit_small_patch14_reg4_dinov2", .float32).loadPretrained(
      source.stateDict)
    #expect(report.spelling == nil && report.leftOut.isEmpty)
  }
}
