extension Architectures {
  static let visionTransformers: [Architecture] = [
    vit("small", .small()), vit("base", .base()), vit("large", .large()),
    dinoV2("small", .small()), dinoV2("base", .base()), dinoV2("large", .large()),
    dinoV2("small", .small(), registers: 4), dinoV2("base", .base(), registers: 4),
    dinoV2("large", .large(), registers: 4),
    dinoV3("small", .small()), dinoV3("base", .base()), dinoV3("large", .large()),
  ]

  private static let vision =
    "A. Dosovitskiy et al., An image is worth 16x16 words: transformers for image recognition at"
    + " scale, ICLR 2021"
  private static let second =
    "M. Oquab et al., DINOv2: learning robust visual features without supervision, TMLR 2024"
  private static let registers =
    "T. Darcet, M. Oquab, J. Mairal, P. Bojanowski, Vision transformers need registers, ICLR 2024"
  private static let third =
    "O. Siméoni et al., DINOv3, arXiv:2508.10104, 2025; its weights under a licence of their own"

  /// timm's weights of these were trained with pixels scaled to −1…1.
  private static func vit(_ size: String, _ parts: VisionTransformerSize) -> Architecture {
    Architecture(
      "vit_\(size)_patch16_224", citation: vision, size: parts, pooling: .token,
      normalization: .symmetric)
  }

  private static func dinoV2(
    _ size: String, _ parts: VisionTransformerSize, registers count: Int = 0
  ) -> Architecture {
    Architecture(
      "vit_\(size)_patch14_\(count > 0 ? "reg\(count)_" : "")dinov2",
      citation: count > 0 ? registers : second, size: parts.dinoV2(registers: count),
      pooling: .token)
  }

  /// timm takes the mean of the patches, the authors the class token.
  private static func dinoV3(_ size: String, _ parts: VisionTransformerSize) -> Architecture {
    Architecture(
      "vit_\(size)_patch16_dinov3", citation: third, size: parts.dinoV3(), pooling: .mean)
  }
}
