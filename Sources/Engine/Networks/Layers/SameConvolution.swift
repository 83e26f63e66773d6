import Torch

/// Convolution with TensorFlow's 'same' padding: ⌈side / stride⌉ outputs along each axis.
///
/// In all max((⌈side / stride⌉ − 1) · stride + k − side, 0) zeros, an odd one on the right and at the bottom. At
/// stride 1 this is the usual padding; at stride 2 and an even side the kernel begins one pixel further right
/// and down than torch's, so weights made with one do not suit the other. Name: `weight` `[out, in / groups, k, k]`.
struct SameConvolution: Layer {
  let convolution: Convolution

  /// - Parameters:
  ///   - inputs: channels in.
  ///   - outputs: channels out.
  ///   - kernel: side of the kernel in pixels, odd.
  ///   - stride: pixels from one output to the next.
  ///   - groups: channel groups.
  ///   - distribution: first values of the kernel.
  init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1,
    _ distribution: Initializer.Distribution, using initializer: Initializer
  ) {
    convolution = Convolution(
      inputs, outputs,
      .init(kernel, stride: stride, padding: stride == 1 ? nil : 0, groups: groups),
      distribution, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    convolution(padded(x), context)
  }

  /// The input with the zeros that the convolution does not add itself.
  func padded(_ x: Tensor) -> Tensor {
    guard convolution.geometry.stride > 1 else { return x }
    let (height, width) = (zeros(x.shape[2]), zeros(x.shape[3]))
    return x.padded(
      left: width / 2, right: width - width / 2, top: height / 2, bottom: height - height / 2)
  }

  /// How many outputs an axis of so many pixels has.
  func outputs(_ side: Int) -> Int {
    (side + convolution.geometry.stride - 1) / convolution.geometry.stride
  }

  /// How many zeros an axis of so many pixels gets, before and after it together.
  func zeros(_ side: Int) -> Int {
    let geometry = convolution.geometry
    return max((outputs(side) - 1) * geometry.stride + geometry.kernel - side, 0)
  }

  func visit(_ visitor: inout TensorVisitor) { convolution.visit(&visitor) }
}
