import Requirements
import Torch

/// A block of a vision transformer: x + γ₁ attention(norm(x)), then x + γ₂ perceptron(norm(x)).
///
/// Names: `norm1`, `attn`, `ls1.gamma`, `norm2`, `mlp`, `ls2.gamma`; where positions are rotations, timm's `gamma_1`,
/// `gamma_2` before them.
struct TransformerBlock: Layer {
  private let size: VisionTransformerSize
  private let norms: (LayerNorm, LayerNorm)
  private let attention: Attention
  private let perceptron: Perceptron
  private let scales: (LayerScale, LayerScale)?
  private let adapter: AdaptFormer?
  private let path: DropPath

  init(
    _ size: VisionTransformerSize, path: DropPath = DropPath(), using initializer: Initializer
  ) {
    (self.size, self.path) = (size, path)
    func norm() -> LayerNorm {
      LayerNorm(size.channels, epsilon: size.epsilon, using: initializer)
    }
    func scale(_ value: Double) -> LayerScale {
      LayerScale(size.channels, value, using: initializer)
    }
    norms = (norm(), norm())
    attention = Attention(
      size.channels, heads: size.heads, hasBias: !size.rotates, using: initializer)
    perceptron = Perceptron(
      size.channels, activation: size.activation, using: initializer)
    scales = size.scale.map { (scale($0), scale($0)) }
    adapter = AdaptFormer(size.channels, using: initializer)
  }

  /// - Parameter x: `[N, L, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let gathered = attention(norms.0(x, context), rotating: rotation(of: x, context), context)
    let y = x + path(scales?.0(gathered) ?? gathered, context)
    let thought = perceptron(norms.1(y, context), context)
    let z = y + path(scales?.1(thought) ?? thought, context)
    return adapter.map { z + $0(y, context) } ?? z
  }

  /// What turns queries and keys of the patches, where positions are rotations.
  private func rotation(of x: Tensor, _ context: Context) -> Rotation? {
    guard size.rotates else { return nil }
    let grid = (context.inputShape ?? []).suffix(2).map { $0 / size.patch }
    require(
      grid.count == 2 && grid[0] * grid[1] == x.shape[1] - size.prefix,
      "TransformerBlock: expected the tokens of an image, got \(x.shape) of \(context.inputShape ?? [])"
    )
    return Rotation(
      height: grid[0], width: grid[1], channels: size.channels / size.heads, prefix: size.prefix,
      like: x)
  }

  func visit(_ visitor: inout TensorVisitor) {
    if size.rotates, let scales {
      visitor.parameter("gamma_1", scales.0.gamma)
      visitor.parameter("gamma_2", scales.1.gamma)
    }
    visitor.layer("norm1", norms.0)
    visitor.layer("attn", attention)
    if !size.rotates, let scales { visitor.parameter("ls1.gamma", scales.0.gamma) }
    visitor.layer("norm2", norms.1)
    visitor.layer("mlp", perceptron)
    if !size.rotates, let scales { visitor.parameter("ls2.gamma", scales.1.gamma) }
    if let adapter { visitor.layer("adaptformer", adapter) }
  }
}
