/// Towers of images and text as transformers and OpenCLIP spell them, and torchvision's ViT, whose blocks are alike.
enum TowerPlaces {
  /// transformers' CLIP and SigLIP: `embeddings.class_embedding`, `encoder.layers.0.self_attn.q_proj.weight`, `head.probe`.
  static func ofTransformers(_ text: String) -> TensorPlace? {
    switch text {
    case "embeddings.class_embedding": return .batched("cls_token")
    case "embeddings.position_embedding.weight": return .batched("pos_embed")
    case "embeddings.position_ids": return .implied
    case "head.probe": return .whole("attn_pool.latent")
    case "head.attention.in_proj_weight":
      return .divided(queries: "attn_pool.q.weight", others: "attn_pool.kv.weight")
    case "head.attention.in_proj_bias":
      return .divided(queries: "attn_pool.q.bias", others: "attn_pool.kv.bias")
    default: break
    }
    let name = TensorName(text)
    let outer = [
      "embeddings.patch_embedding": "patch_embed.proj", "pre_layrnorm": "norm_pre",
      "post_layernorm": "norm", "head.attention.out_proj": "attn_pool.proj",
      "head.layernorm": "attn_pool.norm", "head.mlp.fc1": "attn_pool.mlp.fc1",
      "head.mlp.fc2": "attn_pool.mlp.fc2",
    ]
    if let own = name.replaced(by: outer) { return .whole(own) }
    guard name[0] == "encoder", name[1] == "layers", let block = name.number(2) else { return nil }
    return inner(name.from(3), in: "blocks.\(block)")
  }

  /// OpenAI's and OpenCLIP's: `class_embedding`, `transformer.resblocks.0.attn.in_proj_weight`, `ln_post.weight`.
  static func ofOpenCLIP(_ text: String) -> TensorPlace? {
    if text == "class_embedding" { return .batched("cls_token") }
    if text == "positional_embedding" { return .batched("pos_embed") }
    let name = TensorName(text)
    let outer = ["conv1": "patch_embed.proj", "ln_pre": "norm_pre", "ln_post": "norm"]
    if let own = name.replaced(by: outer) { return .whole(own) }
    guard name[0] == "transformer", name[1] == "resblocks", let block = name.number(2) else {
      return nil
    }
    return inner(name.from(3), in: "blocks.\(block)")
  }

  /// torchvision's ViT: `class_token`, `encoder.layers.encoder_layer_0.ln_1.weight`, `heads.head.weight`.
  static func ofTorchvision(_ text: String) -> TensorPlace? {
    if text == "class_token" { return .whole("cls_token") }
    if text == "encoder.pos_embedding" { return .whole("pos_embed") }
    let name = TensorName(text)
    let outer = ["conv_proj": "patch_embed.proj", "encoder.ln": "norm", "heads.head": "head"]
    if let own = name.replaced(by: outer) { return .whole(own) }
    let start = "encoder_layer_"
    guard name[0] == "encoder", name[1] == "layers", name[2].hasPrefix(start),
      let block = Int(name[2].dropFirst(start.count))
    else { return nil }
    return inner(name.from(3), in: "blocks.\(block)")
  }

  private static func inner(_ rest: ArraySlice<String>, in block: String) -> TensorPlace? {
    let last = rest.last ?? ""
    switch rest.joined(separator: ".") {
    case "attn.in_proj_weight", "self_attention.in_proj_weight":
      return .whole("\(block).attn.qkv.weight")
    case "attn.in_proj_bias", "self_attention.in_proj_bias":
      return .whole("\(block).attn.qkv.bias")
    default: break
    }
    if let third = thirds[rest.dropLast().joined(separator: ".")] {
      return .third("\(block).attn.qkv.\(last)", third)
    }
    return layers(rest, in: block).map { .whole($0) }
  }

  private static let thirds = [
    "self_attn.q_proj": 0, "self_attn.k_proj": 1, "self_attn.v_proj": 2,
  ]

  private static let layers = LayerNames(own: [
    "layer_norm1": "norm1", "ln_1": "norm1", "layer_norm2": "norm2", "ln_2": "norm2",
    "self_attn.out_proj": "attn.proj", "attn.out_proj": "attn.proj",
    "self_attention.out_proj": "attn.proj", "mlp.fc1": "mlp.fc1", "mlp.c_fc": "mlp.fc1",
    "mlp.0": "mlp.fc1", "mlp.linear_1": "mlp.fc1", "mlp.fc2": "mlp.fc2", "mlp.c_proj": "mlp.fc2",
    "mlp.3": "mlp.fc2", "mlp.linear_2": "mlp.fc2",
  ])
}
