import Requirements
public import Torch

/// Group normalisation: mean and biased variance over the channels of a group and all pixels, per image.
///
/// Independent of the batch, so training and evaluation are the same. Wu and He, arXiv:1803.08494.
/// Names: `weight`, `bias` `[C]`.
public struct GroupNorm: Layer {
  private static let epsilon = 1e-5
  let groups: Int
  let weight: Tensor
  let bias: Tensor

  /// A group normalisation that starts as the identity.
  ///
  /// - Parameters:
  ///   - channels: Channels of its input.
  ///   - groups: Groups of equal size.
  ///   - initializer: Makes the tensors.
  /// - Precondition: `groups` divides `channels`.
  public init(_ channels: Int, groups: Int = 32, using initializer: Initializer) {
    require(
      channels % groups == 0, "GroupNorm: expected groups that divide \(channels), got \(groups)")
    self.groups = groups
    weight = initializer.vector(channels, 1)
    bias = initializer.vector(channels, 0)
  }

  /// - Parameter x: `[N, C, H, W]`.
  /// - Returns: `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    x.groupNorm(groups: groups, weight: weight, bias: bias, eps: Self.epsilon)
  }

  /// Shows its tensors to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("weight", weight)
    visitor.parameter("bias", bias)
  }
}
