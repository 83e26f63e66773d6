extension WeightSpelling {
  /// torchvision's published files of DenseNets, and models of chest images that began from them:
  /// `features.denseblock1.denselayer1.norm.1.weight`, which its code calls `norm1`. The names of
  /// everything else are the network's.
  static let torchvisionDenseNet = WeightSpelling(name: torchvision) { own in
    guard own.contains("features.denseblock1.denselayer1.norm1.weight") else { return nil }
    return own.map { name in
      guard name.contains(".denselayer") else { return name }
      return ["norm", "conv"].reduce(name) { name, layer in
        name.replacing(".\(layer)1.", with: ".\(layer).1.")
          .replacing(".\(layer)2.", with: ".\(layer).2.")
      }
    }
  }
}
