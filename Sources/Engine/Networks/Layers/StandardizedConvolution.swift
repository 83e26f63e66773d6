public import Torch

/// Convolution whose kernel is standardised per output channel before use: weight standardisation.
///
/// ŵ = (w − mean w) / √(var w + 10⁻¹⁰), mean and biased variance over `[in, k, k]` of each output
/// channel. Qiao et al., *Micro-batch training with batch-channel normalization and weight
/// standardization*, arXiv:1903.10520; epsilon as in BiT's published code. The gradient flows through
/// the standardisation. Name: `weight`, the kernel before it.
public struct StandardizedConvolution: Layer {
  private static let epsilon = 1e-10
  private let convolution: Convolution

  /// A convolution with weight standardisation, without bias.
  ///
  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - outputs: Channels out.
  ///   - geometry: Kernel, stride, padding; one group.
  ///   - initializer: Makes the kernel, U(±1/√fan_in); its scale does not matter.
  public init(
    _ inputs: Int, _ outputs: Int, _ geometry: Convolution.Geometry,
    using initializer: Initializer
  ) {
    convolution = Convolution(inputs, outputs, geometry, .uniformFanIn, using: initializer)
  }

  /// - Parameter x: shape `[N, in, H, W]`.
  /// - Returns: `[N, out, H', W']`.
  /// - Precondition: the channels that it was made for, and sides that the kernel fits into after
  ///   padding.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    convolution.convolve(x, with: standardized, context)
  }

  private var standardized: Tensor {
    let weight = convolution.weight
    let centred = weight - weight.mean(dims: [1, 2, 3], keepDims: true)
    let variance = centred.square().mean(dims: [1, 2, 3], keepDims: true)
    return centred / (variance + Self.epsilon).sqrt()
  }

  /// Shows its tensors to `visitor`.
  public func visit(_ visitor: inout TensorVisitor) { convolution.visit(&visitor) }
}
