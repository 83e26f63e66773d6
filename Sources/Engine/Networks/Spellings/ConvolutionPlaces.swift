/// RegNets and EfficientNets as torchvision spells them.
enum ConvolutionPlaces {
  /// `stem.0.weight`, `trunk_output.block1.block1-0.f.a.0.weight`, `fc.weight`.
  static func ofRegNet(_ name: String) -> TensorPlace? {
    let name = TensorName(name)
    if let own = name.replaced(by: ["stem.0": "stem.conv", "stem.1": "stem.bn", "fc": "head.fc"]) {
      return .whole(own)
    }
    let start = "block"
    let numbers = name[2].dropFirst(start.count).split(separator: "-").compactMap { Int($0) }
    guard name[0] == "trunk_output", name[2].hasPrefix(start), numbers.count == 2 else {
      return nil
    }
    return regNet(name.from(3), in: "s\(numbers[0]).b\(numbers[1] + 1)").map { .whole($0) }
  }

  private static let regNet = LayerNames(own: [
    "proj.0": "downsample.conv", "proj.1": "downsample.bn", "f.a.0": "conv1.conv",
    "f.a.1": "conv1.bn", "f.b.0": "conv2.conv", "f.b.1": "conv2.bn", "f.se.fc1": "se.fc1",
    "f.se.fc2": "se.fc2", "f.c.0": "conv3.conv", "f.c.1": "conv3.bn",
  ])

  /// `features.0.0.weight`, `features.1.0.block.0.0.weight`, `classifier.1.weight`; blocks of the first stage do not expand.
  static func ofEfficientNet(_ name: String) -> TensorPlace? {
    let name = TensorName(name)
    let outer = [
      "features.0.0": "conv_stem", "features.0.1": "bn1", "features.8.0": "conv_head",
      "features.8.1": "bn2", "classifier.1": "classifier",
    ]
    if let own = name.replaced(by: outer) { return .whole(own) }
    guard name[0] == "features", name[3] == "block", let stage = name.number(1),
      (1...7).contains(stage), let block = name.number(2)
    else { return nil }
    let layers = stage == 1 ? plain : expanding
    return layers(name.from(4), in: "blocks.\(stage - 1).\(block)").map { .whole($0) }
  }

  private static let plain = LayerNames(own: [
    "0.0": "conv_dw", "0.1": "bn1", "1.fc1": "se.conv_reduce", "1.fc2": "se.conv_expand",
    "2.0": "conv_pw", "2.1": "bn2",
  ])

  private static let expanding = LayerNames(own: [
    "0.0": "conv_pw", "0.1": "bn1", "1.0": "conv_dw", "1.1": "bn2", "2.fc1": "se.conv_reduce",
    "2.fc2": "se.conv_expand", "3.0": "conv_pwl", "3.1": "bn3",
  ])
}
