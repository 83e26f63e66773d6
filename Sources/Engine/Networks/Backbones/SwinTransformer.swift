import Torch

/// What networks of the Swin family differ in.
struct SwinSize: Sendable {
  /// Channels of the first stage; each next one has twice as many.
  let channels: Int
  /// Blocks of the four stages.
  let depths: [Int]
  /// Heads of the first stage; each next one has twice as many.
  let heads: Int
}

/// Swin: attention inside of windows that move from block to block, on maps that get smaller.
///
/// Liu et al., *Swin transformer: hierarchical vision transformer using shifted windows*, ICCV 2021. Names, order and
/// shapes are timm's: `patch_embed.proj`, `patch_embed.norm`, `layers.0.blocks.0.norm1`, …, `layers.1.downsample.norm`, …,
/// `norm`. Windows have 7 places a side at any size of the input, and those of the last stage do not move, as in a network
/// made for 224 pixels (timm's with `dynamic_img_size`).
struct SwinTransformer: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  /// The first block of the last stage, with what halves the side before it.
  private let lastStage: Int

  /// - Parameters:
  ///   - size: channels, depths, heads.
  ///   - channels: channels of the images.
  init(_ size: SwinSize, channels: Int, using initializer: Initializer) {
    var steps = [
      BackboneStep([
        (
          "patch_embed.proj",
          Convolution(
            channels, size.channels, .init(4, stride: 4, padding: 0), bias: true, .uniformFanIn,
            using: initializer)
        ),
        ("patch_embed.norm", LayerNorm(size.channels, epsilon: 1e-5, using: initializer)),
      ]) { $0.permuted([0, 2, 3, 1]) }
    ]
    let count = size.depths.reduce(0, +)
    var (width, place, lastStage) = (size.channels, 0, 0)
    for (stage, depth) in size.depths.enumerated() {
      if stage > 0 {
        lastStage = steps.count
        steps.append(
          BackboneStep([
            ("layers.\(stage).downsample", PatchMerging(width, using: initializer))
          ]))
        width *= 2
      }
      for index in 0..<depth {
        let block = SwinBlock(
          width, heads: size.heads << stage, moves: index % 2 == 1 && stage < size.depths.count - 1,
          path: DropPath(place, of: count), using: initializer)
        place += 1
        steps.append(
          BackboneStep(
            [("layers.\(stage).blocks.\(index)", block)],
            group: stage > 0 && index == 0 ? .ofPrevious : .own))
      }
    }
    let norm = PlaceNorm(LayerNorm(width, epsilon: 1e-5, using: initializer))
    steps.append(BackboneStep([("norm", norm)], group: .ofPrevious) { $0.mean(dims: [1, 2]) })
    (self.steps, featureCount, self.lastStage) = (steps, width, lastStage)
  }

  /// The stage that works on a map of a 32nd of the side; or its last block. The last normalisation belongs to both.
  func cut(_ division: Division) -> Int {
    division == .lateStages ? lastStage : steps.count - 2
  }
}

/// A layer normalisation of `[N, H, W, C]`, whose channels come last.
private struct PlaceNorm: Layer {
  let norm: LayerNorm
  init(_ norm: LayerNorm) { self.norm = norm }
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { norm.onVectors(x) }
  func visit(_ visitor: inout TensorVisitor) { norm.visit(&visitor) }
}
