import Requirements
public import Torch

/// Convolution along a series that keeps its length: torch's `Conv1d` with an odd kernel at stride 1.
///
/// In a ragged batch (``Context/lengths``) it takes padded steps to be 0, as they are behind a series of
/// that length alone; what it gives there means nothing, and the batch normalisation after it sets it to 0.
/// A kernel of one step keeps 0 as it is. Name: `weight` `[out, in, k]`.
public struct Convolution1D: Layer {
  let weight: Tensor

  /// A convolution without bias.
  ///
  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - outputs: Channels out.
  ///   - kernel: Steps that an output sees, odd.
  ///   - distribution: The first values of the kernel.
  ///   - initializer: Makes the tensor.
  /// - Precondition: `kernel` is odd.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int,
    _ distribution: Initializer.Distribution = .uniformFanIn, using initializer: Initializer
  ) {
    require(kernel % 2 == 1, "Convolution1D: expected an odd kernel, got \(kernel)")
    weight = initializer.weight([outputs, inputs, kernel], distribution)
  }

  /// - Parameter x: shape `[N, in, T]`.
  /// - Returns: `[N, out, T]`.
  /// - Precondition: the channels that it was made for.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let y =
      context.tracing?.shapesOnly == true
      ? .empty([x.shape[0], weight.shape[0], x.shape[2]], dtype: x.dtype)
      : x.conv1d(weight, padding: (weight.shape[2] - 1) / 2)
    context.tracing?.add(multiplyAdds: y.count * weight.shape[1] * weight.shape[2])
    return y
  }

  /// Shows its tensor to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) { visitor.parameter("weight", weight) }
}
