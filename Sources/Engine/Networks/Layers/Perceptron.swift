import Torch

/// Two linear layers around a GELU, on each vector by itself: y = W₂ gelu(W₁ x + b₁) + b₂.
///
/// Names: `fc1`, `fc2`; with channels that compete, `grn` between them.
struct Perceptron: Layer {
  private let first, second: Linear
  private let response: GlobalResponseNorm?

  /// - Parameters:
  ///   - channels: of a vector in and out.
  ///   - factor: values in the middle over channels.
  ///   - competes: whether channels compete in the middle, which needs an image `[N, H, W, C]`.
  init(_ channels: Int, factor: Int = 4, competes: Bool = false, using initializer: Initializer) {
    first = Linear(
      channels, factor * channels, .normal(deviation: 0.02), bias: .zero, using: initializer)
    response = competes ? GlobalResponseNorm(factor * channels, using: initializer) : nil
    second = Linear(
      factor * channels, channels, .normal(deviation: 0.02), bias: .zero, using: initializer)
  }

  /// - Parameter x: `[…, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let middle = first(x, context).gelu()
    return second(response?(middle, context) ?? middle, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("fc1", first)
    if let response { visitor.layer("grn", response) }
    visitor.layer("fc2", second)
  }
}
