public import Torch

/// y = x Wᵀ + b: torch's `Linear`, or the 1×1 convolution that some networks have in its place.
///
/// Names: `weight` `[out, in]` (or `[out, in, 1, 1]`), `bias` `[out]`.
public struct Linear: Layer {
  let weight: Tensor
  let bias: Tensor

  /// How the weight is stored.
  public enum Form: Sendable {
    /// `[out, in]`.
    case matrix
    /// `[out, in, 1, 1]`: a 1×1 convolution after the pooling.
    case pointwise
  }

  /// The first values of the bias.
  public enum Bias: Sendable {
    /// Every value 0.
    case zero
    /// U(±1/√in), torch's default.
    case uniform
  }

  /// A linear layer.
  ///
  /// - Parameters:
  ///   - inputs: Features in.
  ///   - outputs: Values out.
  ///   - form: How the weight is stored.
  ///   - distribution: The first values of the weight.
  ///   - bias: The first values of the bias.
  ///   - initializer: Makes the tensors.
  public init(
    _ inputs: Int, _ outputs: Int, form: Form = .matrix,
    _ distribution: Initializer.Distribution = .uniformFanIn, bias: Bias = .uniform,
    using initializer: Initializer
  ) {
    let shape = form == .matrix ? [outputs, inputs] : [outputs, inputs, 1, 1]
    weight = initializer.weight(shape, distribution)
    self.bias =
      switch bias {
      case .zero: initializer.vector(outputs, 0)
      case .uniform: initializer.bias(outputs, fanIn: inputs)
      }
  }

  /// A layer of given tensors.
  init(weight: Tensor, bias: Tensor) { (self.weight, self.bias) = (weight, bias) }

  /// - Parameter x: shape `[…, in]`.
  /// - Returns: `[…, out]`.
  /// - Precondition: the last dimension is that which it was made for.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let matrix = weight.rank == 2 ? weight : weight.flattened(from: 1)
    let y =
      context.tracing?.shapesOnly == true
      ? .empty(x.shape.dropLast() + [matrix.shape[0]], dtype: x.dtype) : x.linear(matrix, bias)
    context.tracing?.add(multiplyAdds: y.count * matrix.shape[1])
    return y
  }

  /// Shows its tensors to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("weight", weight)
    visitor.parameter("bias", bias)
  }
}
