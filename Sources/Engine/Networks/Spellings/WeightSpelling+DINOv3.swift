import OrderedCollections
import Torch
import Weights

extension WeightSpelling {
  /// Meta's DINOv3: `storage_tokens`, `rope_embed.periods`, `blocks.0.ls1.gamma`, `blocks.0.attn.qkv.bias_mask`.
  static let metaRotations = WeightSpelling(name: "dinov3") { weights, own in
    let anchor = "storage_tokens"
    guard own.contains(rotating),
      let found = weights.keys.first(where: { $0 == anchor || $0.hasSuffix("." + anchor) })
    else { return nil }
    let prefix = String(found.dropLast(anchor.count))
    var renamed = StateDict()
    for (key, tensor) in weights {
      let name = key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key
      // Both follow from the architecture: the rotations, and that keys have no bias.
      if name == "rope_embed.periods" || name.hasSuffix(".attn.qkv.bias_mask") { continue }
      renamed[name == anchor ? "reg_token" : name] = tensor
    }
    for (name, bias) in renamed where name.hasSuffix(".attn.qkv.bias") {
      let width = bias.shape[0] / 3
      renamed[name] = .concatenated(
        [0, 2].map { bias.narrowed(dim: 0, start: $0 * width, length: width) }, dim: 0)
    }
    return withRotations(renamed, own)
  }

  /// What only networks whose positions are rotations have.
  private static let rotating = "blocks.0.gamma_1"

  /// A network whose positions are rotations calls its factors as timm does, and has no bias for queries and values: the
  /// published weights have zeros there, which nothing is lost with. Others stay, and are said to be unexpected.
  ///
  /// - Parameters:
  ///   - weights: names as in other networks of the family.
  ///   - own: the names of the network; without rotations the weights are returned as they are.
  static func withRotations(_ weights: StateDict, _ own: [String]) -> StateDict {
    guard own.contains(rotating) else { return weights }
    var result = StateDict()
    for (name, tensor) in weights {
      if name.hasSuffix(".attn.qkv.bias"),
        tensor.scalars(as: Double.self).allSatisfy({ $0 == 0 })
      {
        continue
      }
      result[
        name.replacing(".ls1.gamma", with: ".gamma_1").replacing(".ls2.gamma", with: ".gamma_2")] =
        tensor
    }
    return result
  }
}
