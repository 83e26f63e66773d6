import Torch

/// A narrow path beside a perceptron: s · up(relu(down(norm(x)))).
///
/// As in LIFT's code: `down` begins as N(0, 1 / (3 in)), everything else but the normalisation as 0, s as 1. Names:
/// `ln`, `down_proj` `[r, C]`, `up_proj` `[C, r]`, `scale` `[1]`.
struct AdaptFormer: Layer {
  private let norm: LayerNorm
  private let down, up: Linear
  private let scale: Tensor

  /// `nil` where the network has no such adapter, or one of rank 0.
  init?(_ channels: Int, using initializer: Initializer) {
    guard let adapter = initializer.adapter, adapter.kind == .adaptFormer,
      let rank = adapter.rank, rank > 0
    else { return nil }
    norm = LayerNorm(channels, epsilon: 1e-5, using: initializer)
    down = Linear(channels, rank, .zero, bias: .zero, using: initializer)
    up = Linear(rank, channels, .zero, bias: .zero, using: initializer)
    scale = initializer.vector(1, 1)
  }

  /// - Parameter x: `[…, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    up(down(norm(x, context), context).relu(), context) * scale
  }

  func visit(_ visitor: inout TensorVisitor) {
    func show(_ name: String, _ layer: Linear, _ distribution: Initializer.Distribution?) {
      visitor.adapter("\(name).weight", layer.weight, begins: distribution)
      visitor.adapter("\(name).bias", layer.bias)
    }
    visitor.adapter("ln.weight", norm.weight)
    visitor.adapter("ln.bias", norm.bias)
    show(
      "down_proj", down, .normal(deviation: (1 / (3 * Double(down.weight.shape[1]))).squareRoot()))
    show("up_proj", up, nil)
    visitor.adapter("scale", scale)
  }
}
