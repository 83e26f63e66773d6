import Torch

/// ViT: an image as tokens of patches, then blocks of attention and perceptron.
///
/// Dosovitskiy et al., *An image is worth 16×16 words*, ICLR 2021; with factors and registers DINOv2 (Oquab et al., TMLR
/// 2024; Darcet et al., *Vision transformers need registers*, ICLR 2024); with rotations DINOv3 (Siméoni et al.,
/// arXiv:2508.10104). Names, order and shapes are timm's: `cls_token`, `reg_token`, `pos_embed`, `patch_embed.proj`,
/// `blocks.0.norm1`, …, `norm`; where the mean of the patches is normalised, `fc_norm`.
struct VisionTransformer: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  private let depth: Int

  /// - Parameters:
  ///   - size: channels, depth, what belongs to a token.
  ///   - channels: channels of the images.
  ///   - pooling: how tokens become features.
  init(
    _ size: VisionTransformerSize, channels: Int, pooling: TokenPooling,
    using initializer: Initializer
  ) {
    let tokens = PatchTokens(size, channels: channels, using: initializer)
    let blocks = (0..<size.depth).map { index in
      let block = TransformerBlock(
        size, path: DropPath(index, of: size.depth), using: initializer)
      return BackboneStep([("blocks.\(index)", block)])
    }
    let readout = TokenReadout(size, pooling, using: initializer)
    steps =
      [BackboneStep(unnamed: tokens)] + blocks
      + [BackboneStep(unnamed: readout, group: readout.group)]
      + (pooling == .attention
        ? [
          BackboneStep(
            [("attn_pool", AttentionPooling(size, using: initializer))], group: .ofHeads)
        ] : [])
    (featureCount, depth) = (size.channels, size.depth)
  }

  /// The last quarter of the blocks; or the last one. The last normalisation belongs to the branches.
  func cut(_ division: Division) -> Int {
    1 + depth - (division == .lateStages ? depth / 4 : 1)
  }
}

/// Tokens to features: the normalised class token, or the mean of the patches.
///
/// The mean is normalised as `fc_norm`; with rotations every token is normalised before it, as `norm`, which is timm's
/// way with DINOv3.
private struct TokenReadout: Layer {
  private let pooling: TokenPooling
  private let prefix: Int
  private let normsMean: Bool
  private let norm: LayerNorm

  /// As timm groups them: `norm` belongs to the last block, `fc_norm` to the head.
  var group: BackboneStep.Group { normsMean ? .ofHeads : .ofPrevious }

  init(_ size: VisionTransformerSize, _ pooling: TokenPooling, using initializer: Initializer) {
    (self.pooling, prefix) = (pooling, size.prefix)
    normsMean = pooling == .mean && !size.rotates
    norm = LayerNorm(size.channels, epsilon: size.epsilon, using: initializer)
  }

  /// - Parameter x: `[N, L, C]`.
  /// - Returns: `[N, C]`; all tokens, normalised, where a query gathers from them.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    if pooling == .attention { return norm(x, context) }
    if pooling == .token {
      return norm(x.narrowed(dim: 1, start: 0, length: 1).squeezed(1), context)
    }
    let patches = x.narrowed(dim: 1, start: prefix, length: x.shape[1] - prefix)
    return normsMean
      ? norm(patches.mean(dims: [1]), context) : norm(patches, context).mean(dims: [1])
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer(normsMean ? "fc_norm" : "norm", norm)
  }
}
