extension Architectures {
  static let swinTransformers = [
    swin("tiny", SwinSize(channels: 96, depths: [2, 2, 6, 2], heads: 3)),
    swin("small", SwinSize(channels: 96, depths: [2, 2, 18, 2], heads: 3)),
    swin("base", SwinSize(channels: 128, depths: [2, 2, 18, 2], heads: 4)),
  ]

  private static func swin(_ name: String, _ size: SwinSize) -> Architecture {
    Architecture(
      "swin_\(name)_patch4_window7_224",
      citation: "Z. Liu, Y. Lin, Y. Cao, H. Hu, Y. Wei, Z. Zhang, S. Lin, B. Guo, Swin transformer:"
        + " hierarchical vision transformer using shifted windows, ICCV 2021",
      head: HeadStyle(name: "head.fc", distribution: .normal(deviation: 0.02), bias: .zero),
      sideMultiple: 4, adapters: [.lora]
    ) { SwinTransformer(size, channels: $0, using: $1) }
  }
}
