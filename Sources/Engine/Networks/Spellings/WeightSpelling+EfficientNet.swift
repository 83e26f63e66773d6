extension WeightSpelling {
  /// efficientnet_pytorch and efficientnet_lite_pytorch: `_conv_stem.weight`, `_blocks.0._depthwise_conv.weight`, …,
  /// `_fc.weight`. Blocks are counted through, and what follows the convolution of a block's expansion is `_bn0`.
  static let efficientNetPyTorch = WeightSpelling(name: "efficientnet_pytorch") { own in
    guard own.first == "conv_stem.weight" else { return nil }
    var (blocks, expanding) = ([String: Int](), Set<String>())
    for name in own {
      guard let (block, layer, _) = parts(name) else { continue }
      if blocks[block] == nil { blocks[block] = blocks.count }
      if layer == "conv_pwl" { expanding.insert(block) }
    }
    var theirs: [String] = []
    for name in own {
      if let (block, layer, rest) = parts(name), let number = blocks[block] {
        let layers = expanding.contains(block) ? expandingLayers : plainLayers
        guard let known = layers[layer] else { return nil }
        theirs.append("_blocks.\(number).\(known).\(rest)")
      } else {
        let layer = String(name.prefix { $0 != "." })
        guard let known = outerLayers[layer] else { return nil }
        theirs.append(known + name.dropFirst(layer.count))
      }
    }
    return theirs
  }

  private static let outerLayers = [
    "conv_stem": "_conv_stem", "bn1": "_bn0", "conv_head": "_conv_head", "bn2": "_bn1",
    "classifier": "_fc",
  ]

  private static let weighing = [
    "se.conv_reduce": "_se_reduce", "se.conv_expand": "_se_expand",
  ]

  private static let plainLayers = weighing.merging([
    "conv_dw": "_depthwise_conv", "bn1": "_bn1", "conv_pw": "_project_conv", "bn2": "_bn2",
  ]) { $1 }

  private static let expandingLayers = weighing.merging([
    "conv_pw": "_expand_conv", "bn1": "_bn0", "conv_dw": "_depthwise_conv", "bn2": "_bn1",
    "conv_pwl": "_project_conv", "bn3": "_bn2",
  ]) { $1 }

  /// `blocks.1.0.se.conv_reduce.bias` is `bias` of the layer `se.conv_reduce` of the block `1.0`.
  private static func parts(_ name: String) -> (block: String, layer: String, rest: String)? {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.first == "blocks", parts.count > 4 else { return nil }
    return (
      "\(parts[1]).\(parts[2])", parts[3..<(parts.count - 1)].joined(separator: "."),
      parts[parts.count - 1]
    )
  }
}
