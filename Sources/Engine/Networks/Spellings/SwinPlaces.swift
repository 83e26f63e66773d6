/// Swin transformers as their authors, torchvision and transformers spell them.
enum SwinPlaces {
  /// The authors' and those of timm before version .9: what halves the side stands at the end of a stage, in place of the
  /// beginning of the next.
  static func ofAuthors(_ text: String) -> TensorPlace? {
    let name = TensorName(text)
    if name.parts.last == "attn_mask" || name.parts.last == "relative_position_index" {
      return .implied
    }
    if name[0] == "layers", name[2] == "downsample", let stage = name.number(1) {
      return .whole("layers.\(stage + 1).\(name.from(2).joined(separator: "."))")
    }
    if let own = name.replaced(by: ["head": "head.fc"]) { return .whole(own) }
    return ["patch_embed", "layers", "norm"].contains(name[0]) ? .whole(text) : nil
  }

  /// torchvision's: `features.0.0.weight`, `features.1.0.attn.qkv.weight`, `features.2.reduction.weight`, `head.weight`.
  static func ofTorchvision(_ name: String) -> TensorPlace? {
    let name = TensorName(name)
    let outer = [
      "features.0.0": "patch_embed.proj", "features.0.2": "patch_embed.norm", "norm": "norm",
      "head": "head.fc",
    ]
    if let own = name.replaced(by: outer) { return .whole(own) }
    guard name[0] == "features", let number = name.number(1), number > 0 else { return nil }
    if number % 2 == 0 {
      return .whole("layers.\(number / 2).downsample.\(name.from(2).joined(separator: "."))")
    }
    guard let block = name.number(2) else { return nil }
    return inner(name.from(3), in: "layers.\(number / 2).blocks.\(block)")
  }

  /// transformers': `embeddings.patch_embeddings.projection.weight`,
  /// `encoder.layers.0.blocks.0.attention.self.query.weight` (since version 5 `attention.q_proj`), `layernorm.weight`.
  static func ofTransformers(_ name: String) -> TensorPlace? {
    let name = TensorName(name)
    let outer = [
      "embeddings.patch_embeddings.projection": "patch_embed.proj",
      "embeddings.norm": "patch_embed.norm", "layernorm": "norm",
    ]
    if let own = name.replaced(by: outer) { return .whole(own) }
    guard name[0] == "encoder", name[1] == "layers", let stage = name.number(2) else { return nil }
    if name[3] == "downsample" {
      return .whole("layers.\(stage + 1).\(name.from(3).joined(separator: "."))")
    }
    guard name[3] == "blocks", let block = name.number(4) else { return nil }
    return inner(name.from(5), in: "layers.\(stage).blocks.\(block)")
  }

  private static func inner(_ rest: ArraySlice<String>, in block: String) -> TensorPlace? {
    let last = rest.last ?? ""
    if last == "relative_position_index" { return .implied }
    if last == "relative_position_bias_table" { return .whole("\(block).attn.\(last)") }
    let layer = rest.dropLast().joined(separator: ".")
    if let third = thirds[layer] { return .third("\(block).attn.qkv.\(last)", third) }
    return layers(rest, in: block).map { .whole($0) }
  }

  private static let thirds = [
    "attention.self.query": 0, "attention.q_proj": 0, "attention.self.key": 1,
    "attention.k_proj": 1, "attention.self.value": 2, "attention.v_proj": 2,
  ]

  private static let layers = LayerNames(own: [
    "norm1": "norm1", "layernorm_before": "norm1", "norm2": "norm2", "layernorm_after": "norm2",
    "attn.qkv": "attn.qkv", "attn.proj": "attn.proj", "attention.output.dense": "attn.proj",
    "attention.o_proj": "attn.proj", "mlp.0": "mlp.fc1", "intermediate.dense": "mlp.fc1",
    "mlp.fc1": "mlp.fc1", "mlp.3": "mlp.fc2", "output.dense": "mlp.fc2", "mlp.fc2": "mlp.fc2",
  ])
}
