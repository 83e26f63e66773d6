public import Torch

/// Layer normalisation: mean and biased variance of each vector of channels.
///
/// Independent of batch and place, so training and evaluation are the same. Ba, Kiros and Hinton, arXiv:1607.06450.
/// Names: `weight`, `bias` `[C]`.
public struct LayerNorm: Layer {
  private let epsilon: Double
  let weight: Tensor
  let bias: Tensor

  /// A layer normalisation that starts as the identity.
  ///
  /// - Parameters:
  ///   - channels: Length of the vectors.
  ///   - epsilon: What is added to the variance, above 0.
  ///   - initializer: Makes the tensors.
  public init(_ channels: Int, epsilon: Double = 1e-6, using initializer: Initializer) {
    self.epsilon = epsilon
    weight = initializer.vector(channels, 1)
    bias = initializer.vector(channels, 0)
  }

  /// - Parameter x: `[…, C]`, or images `[N, C, H, W]`, of which each pixel is a vector.
  /// - Returns: The same shape.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    guard x.rank == 4 else { return onVectors(x) }
    return onVectors(x.permuted([0, 2, 3, 1])).permuted([0, 3, 1, 2])
  }

  /// The vectors along the last dimension, whatever the rank.
  func onVectors(_ x: Tensor) -> Tensor { x.layerNorm(weight: weight, bias: bias, eps: epsilon) }

  /// Shows its tensors to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("weight", weight)
    visitor.parameter("bias", bias)
  }
}
