import Torch

/// Two linear layers around a GELU, on each vector by itself: y = W₂ gelu(W₁ x + b₁) + b₂.
///
/// Names: `fc1`, `fc2`; with channels that compete, `grn` between them.
struct Perceptron: Layer {
  private let first, second: Linear
  private let response: GlobalResponseNorm?
  private let adapters: (first: LowRank?, second: LowRank?)
  private let activation: Activation

  /// - Parameters:
  ///   - channels: of a vector in and out.
  ///   - factor: values in the middle over channels.
  ///   - competes: whether channels compete in the middle, which needs an image `[N, H, W, C]`.
  ///   - activation: between the layers.
  init(
    _ channels: Int, factor: Int = 4, competes: Bool = false, activation: Activation = .gelu,
    using initializer: Initializer
  ) {
    self.activation = activation
    first = Linear(
      channels, factor * channels, .normal(deviation: 0.02), bias: .zero, using: initializer)
    response = competes ? GlobalResponseNorm(factor * channels, using: initializer) : nil
    second = Linear(
      factor * channels, channels, .normal(deviation: 0.02), bias: .zero, using: initializer)
    adapters = (
      LowRank(channels, factor * channels, using: initializer),
      LowRank(factor * channels, channels, using: initializer)
    )
  }

  /// - Parameter x: `[…, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let opened = first(x, context)
    let active = activation(adapters.first?.added(to: opened, of: x, context) ?? opened)
    let middle = response?(active, context) ?? active
    let closed = second(middle, context)
    return adapters.second?.added(to: closed, of: middle, context) ?? closed
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("fc1", first)
    visitor.nested("fc1") { adapters.first?.visit(&$0) }
    if let response { visitor.layer("grn", response) }
    visitor.layer("fc2", second)
    visitor.nested("fc2") { adapters.second?.visit(&$0) }
  }
}
