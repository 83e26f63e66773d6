import OrderedCollections
import Torch
import Weights

extension WeightSpelling {
  /// Hugging Face's transformers, for ViT, DINOv2 and DINOv3: `vit.embeddings.cls_token`,
  /// `vit.encoder.layer.0.attention.attention.query.weight` (since version 5 `vit.layers.0.attention.q_proj.weight`), …,
  /// `classifier.weight`. Queries, keys and values are three tensors there and one here.
  static let huggingFace = WeightSpelling(name: "transformers") { weights, own in
    let anchor = "embeddings.cls_token"
    guard own.contains("blocks.0.attn.qkv.weight"),
      let found = weights.keys.first(where: { $0 == anchor || $0.hasSuffix("." + anchor) })
    else { return nil }
    let prefix = String(found.dropLast(anchor.count))
    var (renamed, threes) = (StateDict(), OrderedDictionary<String, [Int: Tensor]>())
    for (key, tensor) in weights {
      if key == "classifier.weight" || key == "classifier.bias" {
        renamed["head." + key.dropFirst("classifier.".count)] = tensor
        continue
      }
      let name = key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key
      switch place(of: name) {
      case .one(let own): renamed[own] = tensor
      case .third(let own, let part): threes[own, default: [:]][part] = tensor
      case nil: renamed[key] = tensor
      }
    }
    for (name, parts) in threes {
      let all = (0..<3).compactMap { parts[$0] }
      // A gap is then named as the network's own tensor; DINOv3's keys have no bias.
      if all.count == 3 || !own.contains(name) { renamed[name] = .concatenated(all, dim: 0) }
    }
    return withRotations(withPositionsOfPatches(renamed, own), own)
  }

  /// Meta's DINOv2 with registers: as here but for `register_tokens`, and a position of the class token's own.
  static let metaRegisters = WeightSpelling(name: "dinov2") { weights, own in
    let anchor = "register_tokens"
    guard own.contains("reg_token"),
      let found = weights.keys.first(where: { $0 == anchor || $0.hasSuffix("." + anchor) }),
      !found.contains("embeddings.")
    else { return nil }
    let prefix = String(found.dropLast(anchor.count))
    var renamed = StateDict()
    for (key, tensor) in weights {
      let name = key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key
      renamed[name == anchor ? "reg_token" : name] = tensor
    }
    return withPositionsOfPatches(renamed, own)
  }

  /// Where registers have no positions the class token has none either: what it has elsewhere is added to it.
  private static func withPositionsOfPatches(_ weights: StateDict, _ own: [String]) -> StateDict {
    guard own.contains("reg_token"), let positions = weights["pos_embed"],
      let token = weights["cls_token"], positions.rank == 3, positions.shape[1] > 1,
      token.shape == [1, 1, positions.shape[2]]
    else { return weights }
    let side = Int(Double(positions.shape[1]).squareRoot())
    guard side * side == positions.shape[1] - 1 else { return weights }
    var result = weights
    withoutGradients {
      result["cls_token"] = token + positions.narrowed(dim: 1, start: 0, length: 1)
      result["pos_embed"] = positions.narrowed(
        dim: 1, start: 1, length: positions.shape[1] - 1
      ).cloned()
    }
    return result
  }

  /// Where a tensor of transformers stands here.
  private enum Place {
    case one(String)
    case third(String, Int)
  }

  private static let outer = [
    "embeddings.cls_token": "cls_token", "embeddings.position_embeddings": "pos_embed",
    "embeddings.register_tokens": "reg_token", "layernorm.weight": "norm.weight",
    "layernorm.bias": "norm.bias",
    "embeddings.patch_embeddings.projection.weight": "patch_embed.proj.weight",
    "embeddings.patch_embeddings.projection.bias": "patch_embed.proj.bias",
    "embeddings.patch_embeddings.weight": "patch_embed.proj.weight",
    "embeddings.patch_embeddings.bias": "patch_embed.proj.bias", "norm.weight": "norm.weight",
    "norm.bias": "norm.bias",
  ]

  private static let inner = [
    "layernorm_before": "norm1", "norm1": "norm1", "layernorm_after": "norm2", "norm2": "norm2",
    "attention.output.dense": "attn.proj", "attention.o_proj": "attn.proj",
    "intermediate.dense": "mlp.fc1", "mlp.fc1": "mlp.fc1", "output.dense": "mlp.fc2",
    "mlp.fc2": "mlp.fc2", "mlp.up_proj": "mlp.fc1", "mlp.down_proj": "mlp.fc2",
    "layer_scale1": "ls1", "layer_scale2": "ls2",
  ]

  private static let thirds = [
    "attention.attention.query": 0, "attention.q_proj": 0, "attention.attention.key": 1,
    "attention.k_proj": 1, "attention.attention.value": 2, "attention.v_proj": 2,
  ]

  private static func place(of name: String) -> Place? {
    if let own = outer[name] { return .one(own) }
    let parts = name.split(separator: ".").map(String.init)
    let start = ["encoder", "model"].contains(parts.first) ? 2 : 1
    guard parts.count > start + 2, ["layer", "layers"].contains(parts[start - 1]),
      let number = Int(parts[start]), let last = parts.last
    else { return nil }
    let layer = parts[(start + 1)..<(parts.count - 1)].joined(separator: ".")
    if let third = thirds[layer] { return .third("blocks.\(number).attn.qkv.\(last)", third) }
    return inner[layer].map {
      .one("blocks.\(number).\($0).\(last == "lambda1" ? "gamma" : last)")
    }
  }
}
