import Requirements
import Torch

/// An image as tokens: a class token, registers, and a vector for each patch, with its position.
///
/// Positions are for a grid of one size and are interpolated to another, bicubic, as timm does with `dynamic_img_size`.
/// Names: `cls_token` `[1, 1, C]`, `reg_token` `[1, R, C]`, `pos_embed` `[1, L, C]`, `patch_embed.proj`; of CLIP's
/// towers `norm_pre`.
struct PatchTokens: Layer {
  private let size: VisionTransformerSize
  private let classToken, registers, positions: Tensor?
  private let norm: LayerNorm?
  private let patches: Convolution

  init(_ size: VisionTransformerSize, channels: Int, using initializer: Initializer) {
    self.size = size
    let width = size.channels
    classToken =
      size.hasClassToken ? initializer.weight([1, 1, width], .normal(deviation: 1e-6)) : nil
    registers =
      size.registers > 0
      ? initializer.weight([1, size.registers, width], .normal(deviation: 1e-6)) : nil
    let places = size.grid * size.grid + (size.embedsPrefix ? size.prefix : 0)
    positions =
      size.rotates ? nil : initializer.weight([1, places, width], .normal(deviation: 0.02))
    patches = Convolution(
      channels, width, .init(size.patch, stride: size.patch, padding: 0), bias: !size.normsFirst,
      .uniformFanIn, using: initializer)
    norm =
      size.normsFirst ? LayerNorm(width, epsilon: size.epsilon, using: initializer) : nil
  }

  /// - Parameter x: `[N, C, H, W]`, sides multiples of the patch's.
  /// - Returns: `[N, 1 + R + patches, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let (height, width) = (x.shape[2], x.shape[3])
    require(
      height % size.patch == 0 && width % size.patch == 0,
      "PatchTokens: expected sides that are multiples of \(size.patch), got \(height) × \(width)")
    let map = patches(x, context)
    let grid = (height: map.shape[2], width: map.shape[3])
    let tokens = map.flattened(from: 2).transposed(1, 2)
    let prefix = [classToken, registers].compactMap { $0 }.map {
      $0.expanded(to: [x.shape[0], $0.shape[1], $0.shape[2]]).to(tokens.dtype)
    }
    guard let positions else { return Tensor.concatenated(prefix + [tokens], dim: 1) }
    let placed = interpolated(positions, to: grid)
    let all =
      size.embedsPrefix
      ? Tensor.concatenated(prefix + [tokens], dim: 1) + placed
      : prefix.isEmpty
        ? tokens + placed : Tensor.concatenated(prefix + [tokens + placed], dim: 1)
    return norm?(all, context) ?? all
  }

  /// The positions of another grid; those of class token and registers stay. Interpolated in float32, as in timm.
  private func interpolated(_ positions: Tensor, to grid: (height: Int, width: Int)) -> Tensor {
    guard grid.height != size.grid || grid.width != size.grid else { return positions }
    let kept = size.embedsPrefix ? size.prefix : 0
    let places = positions.narrowed(dim: 1, start: kept, length: positions.shape[1] - kept)
    let map = places.to(.float32).reshaped([1, size.grid, size.grid, size.channels])
      .permuted([0, 3, 1, 2]).resizedBicubic(height: grid.height, width: grid.width)
    let moved = map.permuted([0, 2, 3, 1]).reshaped([1, grid.height * grid.width, size.channels])
      .to(positions.dtype)
    guard kept > 0 else { return moved }
    return Tensor.concatenated(
      [positions.narrowed(dim: 1, start: 0, length: kept), moved], dim: 1)
  }

  func visit(_ visitor: inout TensorVisitor) {
    if let classToken { visitor.parameter("cls_token", classToken) }
    if let registers { visitor.parameter("reg_token", registers) }
    if let positions { visitor.parameter("pos_embed", positions) }
    visitor.layer("patch_embed.proj", patches)
    if let norm { visitor.layer("norm_pre", norm) }
  }
}
