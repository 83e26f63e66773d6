extension Architectures {
  /// The halves of networks of images and text that look at images.
  static let imageTowers: [Architecture] = [
    clip("base_patch32_clip_224", .base(patch: 32)), clip("base_patch16_clip_224", .base()),
    clip("large_patch14_clip_224", .large(patch: 14)),
    quickCLIP("base_patch32_clip", .base(patch: 32)), quickCLIP("base_patch16_clip", .base()),
    quickCLIP("large_patch14_clip", .large(patch: 14)),
    sigLIP("base_patch16_siglip_224", .base(), side: 224),
    sigLIP("base_patch16_siglip_256", .base(), side: 256),
    sigLIP("large_patch16_siglip_256", .large(), side: 256),
  ]

  private static let clipPaper =
    "A. Radford et al., Learning transferable visual models from natural language supervision,"
    + " ICML 2021"

  /// Weights of OpenCLIP, whose perceptrons have a GELU.
  private static func clip(_ name: String, _ size: VisionTransformerSize) -> Architecture {
    Architecture(
      "vit_\(name)", citation: clipPaper, size: size.clip(.gelu), pooling: .token,
      normalization: .clip,
      twin: "vit_" + name.dropLast("_224".count) + "_quickgelu_224")
  }

  /// OpenAI's weights.
  private static func quickCLIP(_ name: String, _ size: VisionTransformerSize) -> Architecture {
    Architecture(
      "vit_\(name)_quickgelu_224", citation: clipPaper, size: size.clip(.quickGELU),
      pooling: .token, normalization: .clip, twin: "vit_\(name)_224")
  }

  private static func sigLIP(
    _ name: String, _ size: VisionTransformerSize, side: Int
  ) -> Architecture {
    var size = size.sigLIP()
    size.side = side
    return Architecture(
      "vit_\(name)",
      citation: "X. Zhai, B. Mustafa, A. Kolesnikov, L. Beyer, Sigmoid loss for language image"
        + " pre-training, ICCV 2023",
      size: size, pooling: .attention, normalization: .symmetric)
  }
}
