import Torch

/// A convolution, its batch normalisation and an activation, padded and with ε as where its weights come from, under two
/// names of the block that holds them.
struct NormedConvolution: Layer {
  private let names: (convolution: String, norm: String)
  let convolution: any NormableConvolution
  let norm: BatchNorm
  let activation: Activation?

  /// - Parameters:
  ///   - names: of the convolution and of its normalisation: `conv1`, `bn1`.
  ///   - convolution: makes it; its tensors come before those of the normalisation.
  ///   - outputs: channels out.
  ///   - epsilon: what is added to the variance.
  ///   - activation: what follows; `nil` is nothing.
  init(
    _ names: (String, String), _ convolution: any NormableConvolution, _ outputs: Int,
    epsilon: Double = 1e-5, then activation: Activation?, using initializer: Initializer
  ) {
    (self.names.convolution, self.names.norm) = names
    (self.convolution, self.activation) = (convolution, activation)
    norm = BatchNorm(outputs, epsilon: epsilon, using: initializer)
  }

  /// - Parameters:
  ///   - names: of the convolution and of its normalisation: `conv_pw`, `bn1`.
  ///   - inputs: channels in.
  ///   - outputs: channels out.
  ///   - kernel: side of the kernel in pixels.
  ///   - stride: pixels from one output to the next.
  ///   - depthwise: whether each channel has a kernel of its own; its first values are then N(0, 2 / k²), the
  ///     fan-out of one channel.
  ///   - origin: padding and ε.
  ///   - activation: what follows; `nil` is nothing.
  init(
    _ names: (String, String), _ inputs: Int, _ outputs: Int, kernel: Int = 1, stride: Int = 1,
    depthwise: Bool = false, origin: EfficientNetSize.Origin, then activation: Activation?,
    using initializer: Initializer
  ) {
    let groups = depthwise ? inputs : 1
    let distribution: Initializer.Distribution =
      depthwise ? .normal(deviation: (2 / Double(kernel * kernel)).squareRoot()) : .heFanOut
    let convolution: any NormableConvolution =
      switch origin {
      case .tensorFlow:
        SameConvolution(
          inputs, outputs, kernel: kernel, stride: stride, groups: groups, distribution,
          using: initializer)
      case .torch:
        Convolution(
          inputs, outputs, .init(kernel, stride: stride, groups: groups), distribution,
          using: initializer)
      }
    self.init(
      names, convolution, outputs, epsilon: origin.epsilon, then: activation, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    self(x, onto: nil, context)
  }

  /// The same, added to a residual before it is activated.
  func callAsFunction(_ x: Tensor, onto residual: Residual?, _ context: Context) -> Tensor {
    convolution.normed(x, by: norm, onto: residual, then: activation, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.nested(names.convolution) { convolution.visit(&$0) }
    visitor.layer(names.norm, norm)
  }
}
