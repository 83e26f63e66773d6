/// ConvNeXts as their authors, torchvision and transformers spell them.
enum ConvNeXtPlaces {
  /// The authors': `downsample_layers.0.0.weight`, `stages.0.0.dwconv.weight`, `norm.weight`, `head.weight`.
  static func ofAuthors(_ name: String) -> TensorPlace? {
    let name = TensorName(name)
    switch name[0] {
    case "downsample_layers":
      guard let stage = name.number(1), name.parts.count == 4 else { return nil }
      let place = stage == 0 ? "stem" : "stages.\(stage).downsample"
      return .whole("\(place).\(name[2]).\(name[3])")
    case "stages":
      guard let stage = name.number(1), let block = name.number(2) else { return nil }
      return inner(name.from(3), in: "stages.\(stage).blocks.\(block)")
    default:
      return name.replaced(by: ["norm": "head.norm", "head": "head.fc"]).map { .whole($0) }
    }
  }

  /// torchvision's: `features.0.0.weight`, `features.1.0.block.0.weight`, `features.1.0.layer_scale`, `classifier.2.weight`;
  /// of the features those of odd numbers are stages, and those of even ones halve the side before them.
  static func ofTorchvision(_ name: String) -> TensorPlace? {
    let name = TensorName(name)
    if let own = name.replaced(by: ["classifier.0": "head.norm", "classifier.2": "head.fc"]) {
      return .whole(own)
    }
    guard name[0] == "features", let number = name.number(1), let index = name.number(2) else {
      return nil
    }
    if number % 2 == 1 { return inner(name.from(3), in: "stages.\(number / 2).blocks.\(index)") }
    guard name.parts.count == 4 else { return nil }
    let place = number == 0 ? "stem" : "stages.\(number / 2).downsample"
    return .whole("\(place).\(index).\(name[3])")
  }

  /// transformers': `embeddings.patch_embeddings.weight`, `encoder.stages.0.layers.0.dwconv.weight`, `layernorm.weight`;
  /// version 2 alike.
  static func ofTransformers(_ name: String) -> TensorPlace? {
    let name = TensorName(name)
    let outer = [
      "embeddings.patch_embeddings": "stem.0", "embeddings.layernorm": "stem.1",
      "layernorm": "head.norm",
    ]
    if let own = name.replaced(by: outer) { return .whole(own) }
    guard name[0] == "encoder", name[1] == "stages", let stage = name.number(2) else { return nil }
    if name[3] == "downsampling_layer", name.parts.count == 6 {
      return .whole("stages.\(stage).downsample.\(name[4]).\(name[5])")
    }
    guard name[3] == "layers", let block = name.number(4) else { return nil }
    return inner(name.from(5), in: "stages.\(stage).blocks.\(block)")
  }

  /// What a block has, of whichever of the three.
  private static func inner(_ rest: ArraySlice<String>, in block: String) -> TensorPlace? {
    switch rest.joined(separator: ".") {
    case "gamma", "layer_scale", "layer_scale_parameter": .flat("\(block).gamma")
    case "grn.gamma", "grn.weight": .flat("\(block).mlp.grn.weight")
    case "grn.beta", "grn.bias": .flat("\(block).mlp.grn.bias")
    default: layers(rest, in: block).map { .whole($0) }
    }
  }

  private static let layers = LayerNames(own: [
    "dwconv": "conv_dw", "block.0": "conv_dw", "norm": "norm", "layernorm": "norm",
    "block.2": "norm", "pwconv1": "mlp.fc1", "block.3": "mlp.fc1", "pwconv2": "mlp.fc2",
    "block.5": "mlp.fc2",
  ])
}
