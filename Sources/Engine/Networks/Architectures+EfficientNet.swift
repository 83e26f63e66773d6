extension Architectures {
  static let efficientNetB0 = efficientNet("b0", width: 1, depth: 1, imageSize: 224)
  static let efficientNetB1 = efficientNet("b1", width: 1, depth: 1.1, imageSize: 240)
  static let efficientNetB2 = efficientNet("b2", width: 1.1, depth: 1.2, imageSize: 260)
  static let efficientNetB3 = efficientNet("b3", width: 1.2, depth: 1.4, imageSize: 300)
  static let efficientNetB4 = efficientNet("b4", width: 1.4, depth: 1.8, imageSize: 380)

  static let efficientNetLite0 = lite("lite0", width: 1, depth: 1, imageSize: 224)
  static let efficientNetLite1 = lite("lite1", width: 1, depth: 1.1, imageSize: 240)
  static let efficientNetLite2 = lite("lite2", width: 1.1, depth: 1.2, imageSize: 260)

  /// timm's own training of them, with PyTorch's padding and ε: the same names, other numbers.
  static let torchEfficientNets = [
    torchTrained("lite0", width: 1, depth: 1, imageSize: 224, isLite: true),
    torchTrained("b0", width: 1, depth: 1, imageSize: 224),
    torchTrained("b1", width: 1, depth: 1.1, imageSize: 240),
    torchTrained("b2", width: 1.1, depth: 1.2, imageSize: 256),
    torchTrained("b3", width: 1.2, depth: 1.4, imageSize: 288),
    torchTrained("b4", width: 1.4, depth: 1.8, imageSize: 320),
  ]

  private static let paper =
    "M. Tan, Q. V. Le, EfficientNet: rethinking model scaling for convolutional neural networks,"
    + " ICML 2019"

  private static let head = HeadStyle(name: "classifier", bias: .zero)

  private static func efficientNet(
    _ size: String, width: Double, depth: Double, imageSize: Int
  ) -> Architecture {
    Architecture(
      "efficientnet_\(size)", citation: paper, imageSize: imageSize, head: head,
      twin: "efficientnet_\(size)_torch"
    ) {
      EfficientNet(
        EfficientNetSize(width: width, depth: depth, isLite: false), channels: $0, using: $1)
    }
  }

  private static func lite(
    _ size: String, width: Double, depth: Double, imageSize: Int
  ) -> Architecture {
    Architecture(
      "efficientnet_\(size)", citation: paper + ", in the Lite form published in 2020",
      imageSize: imageSize, normalization: .bytes, head: head,
      twin: size == "lite0" ? "efficientnet_lite0_torch" : nil
    ) {
      EfficientNet(
        EfficientNetSize(width: width, depth: depth, isLite: true), channels: $0, using: $1)
    }
  }

  private static func torchTrained(
    _ size: String, width: Double, depth: Double, imageSize: Int, isLite: Bool = false
  ) -> Architecture {
    Architecture(
      "efficientnet_\(size)_torch",
      citation: paper + ", as trained in PyTorch by R. Wightman, 2020",
      imageSize: imageSize, head: head, twin: "efficientnet_\(size)"
    ) {
      EfficientNet(
        EfficientNetSize(width: width, depth: depth, isLite: isLite, origin: .torch), channels: $0,
        using: $1)
    }
  }
}
