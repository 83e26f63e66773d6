import Torch

/// Channels compete: y = x + γ x n + β, where n is the length of a channel over the image, by their mean over channels.
///
/// n_c = ‖x_c‖ / (mean_c ‖x_c‖ + 10⁻⁶), so that a network without it has γ = β = 0. Woo et al., *ConvNeXt V2*, CVPR 2023.
/// Names: `weight`, `bias` `[C]`.
struct GlobalResponseNorm: Layer {
  private static let epsilon = 1e-6
  private let weight, bias: Tensor

  init(_ channels: Int, using initializer: Initializer) {
    weight = initializer.vector(channels, 0)
    bias = initializer.vector(channels, 0)
  }

  /// - Parameter x: `[N, H, W, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let lengths = x.norm(dims: [1, 2], keepDims: true)
    let relative = lengths / (lengths.mean(dims: [3], keepDims: true) + Self.epsilon)
    return x + (x * relative * weight + bias)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("weight", weight)
    visitor.parameter("bias", bias)
  }
}
