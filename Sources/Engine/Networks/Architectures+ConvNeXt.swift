extension Architectures {
  static let convNeXts = [
    convNeXt("convnext_tiny", .tiny()), convNeXt("convnext_small", .small()),
    convNeXt("convnext_base", .base()), convNeXt("convnext_large", .large()),
    convNeXt("convnextv2_tiny", .tiny(second: true)),
    convNeXt("convnextv2_base", .base(second: true)),
    convNeXt("convnextv2_large", .large(second: true)),
  ]

  private static let first =
    "Z. Liu, H. Mao, C.-Y. Wu, C. Feichtenhofer, T. Darrell, S. Xie, A ConvNet for the 2020s,"
    + " CVPR 2022"
  private static let second =
    "S. Woo, S. Debnath, R. Hu, X. Chen, Z. Liu, I. S. Kweon, S. Xie, ConvNeXt V2: co-designing and"
    + " scaling ConvNets with masked autoencoders, CVPR 2023"

  private static func convNeXt(_ name: String, _ size: ConvNeXtSize) -> Architecture {
    Architecture(
      name, citation: size.isSecond ? second : first,
      head: HeadStyle(name: "head.fc", distribution: .normal(deviation: 0.02), bias: .zero),
      adapters: [.lora]
    ) { ConvNeXt(size, channels: $0, using: $1) }
  }
}
