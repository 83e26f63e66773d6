/// Terms of published weights that are not free for all uses: what `steelyard models` says beside a network.
///
/// They are those of the authors' own weights; who trained others decides about theirs.
enum WeightsTerms {
  /// The terms of a network's published weights; `nil` where nothing out of the ordinary is known.
  ///
  /// - Parameter name: of the architecture.
  static func of(_ name: String) -> String? { all.first { name.contains($0.part) }?.terms }

  private static let all: [(part: String, terms: String)] = [
    (
      "dinov3",
      "Meta's DINOv3 licence, which rules out some uses; its authors give the weights to who accepts it:"
        + " https://ai.meta.com/dinov3"
    ),
    (
      "convnextv2",
      "CC BY-NC 4.0, not for commercial use: https://github.com/facebookresearch/ConvNeXt-V2"
    ),
    (
      "clip",
      "its authors rule out deployed use without a study of its own: https://github.com/openai/CLIP"
    ),
  ]
}
