import Torch

/// A convolution and its batch normalisation, padded and with ε as where its weights come from, under two names of the
/// block that holds them.
struct NormedConvolution: Layer {
  private let names: (convolution: String, norm: String)
  private let convolution: any Layer
  private let norm: BatchNorm

  /// - Parameters:
  ///   - names: of the convolution and of its normalisation: `conv_pw`, `bn1`.
  ///   - depthwise: whether each channel has a kernel of its own; its first values are then N(0, 2 / k²), the
  ///     fan-out of one channel.
  ///   - origin: padding and ε.
  init(
    _ names: (String, String), _ inputs: Int, _ outputs: Int, kernel: Int = 1, stride: Int = 1,
    depthwise: Bool = false, origin: EfficientNetSize.Origin, using initializer: Initializer
  ) {
    (self.names.convolution, self.names.norm) = names
    let groups = depthwise ? inputs : 1
    let distribution: Initializer.Distribution =
      depthwise ? .normal(deviation: (2 / Double(kernel * kernel)).squareRoot()) : .heFanOut
    switch origin {
    case .tensorFlow:
      convolution = SameConvolution(
        inputs, outputs, kernel: kernel, stride: stride, groups: groups, distribution,
        using: initializer)
    case .torch:
      convolution = Convolution(
        inputs, outputs, .init(kernel, stride: stride, groups: groups), distribution,
        using: initializer)
    }
    norm = BatchNorm(outputs, epsilon: origin.epsilon, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    norm(convolution(x, context), context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.nested(names.convolution) { convolution.visit(&$0) }
    visitor.layer(names.norm, norm)
  }
}

/// EfficientNet's block: expand by 1×1, filter each channel, weigh channels, project by 1×1; add the input where
/// the shape allows. Tan and Le 2019; Sandler et al. 2018, figure 4.
///
/// Names with an expansion: `conv_pw`, `bn1`, `conv_dw`, `bn2`, `se`, `conv_pwl`, `bn3`; without one: `conv_dw`,
/// `bn1`, `se`, `conv_pw`, `bn2`.
struct MobileBlock: Layer {
  private let expansion: NormedConvolution?
  private let depthwise, projection: NormedConvolution
  private let squeeze: SqueezeExcitation?
  private let activation: Activation
  private let adds: Bool
  private let path: DropPath

  /// - Parameters:
  ///   - kernel: side of the middle convolution's kernel.
  ///   - factor: channels in the middle over channels in; at 1 there is no expansion layer.
  ///   - inputs: channels in; a quarter of them stand between the two layers that weigh channels.
  ///   - outputs: channels out.
  ///   - stride: of the middle convolution; the input is added where it is 1 and the channels agree.
  ///   - squeezes: whether channels are weighed.
  ///   - activation: after expansion and middle convolution.
  ///   - origin: padding and ε.
  ///   - path: how often what it adds is left out.
  init(
    kernel: Int, expansion factor: Int, _ inputs: Int, _ outputs: Int, stride: Int,
    squeezes: Bool, activation: Activation, origin: EfficientNetSize.Origin,
    path: DropPath = DropPath(), using initializer: Initializer
  ) {
    self.init(
      kernel: kernel, middle: factor > 1 ? inputs * factor : nil, inputs, outputs, stride: stride,
      squeeze: squeezes
        ? SqueezeExcitation(inputs * factor, reduced: inputs / 4, using: initializer) : nil,
      activation: activation, origin: origin, path: path, using: initializer)
  }

  /// - Parameters:
  ///   - kernel: side of the middle convolution's kernel.
  ///   - expanded: channels in the middle; `nil` is as many as come in, without an expansion layer.
  ///   - inputs: channels in.
  ///   - outputs: channels out.
  ///   - stride: of the middle convolution; the input is added where it is 1 and the channels agree.
  ///   - squeeze: what weighs the channels in the middle.
  ///   - activation: after expansion and middle convolution.
  ///   - origin: padding and ε.
  ///   - path: how often what it adds is left out.
  init(
    kernel: Int, middle expanded: Int?, _ inputs: Int, _ outputs: Int, stride: Int,
    squeeze: SqueezeExcitation?, activation: Activation, origin: EfficientNetSize.Origin,
    path: DropPath = DropPath(), using initializer: Initializer
  ) {
    (self.path, self.squeeze) = (path, squeeze)
    let middle = expanded ?? inputs
    let expands = expanded != nil
    expansion =
      expands
      ? NormedConvolution(("conv_pw", "bn1"), inputs, middle, origin: origin, using: initializer)
      : nil
    depthwise = NormedConvolution(
      ("conv_dw", expands ? "bn2" : "bn1"), middle, middle, kernel: kernel, stride: stride,
      depthwise: true, origin: origin, using: initializer)
    projection = NormedConvolution(
      expands ? ("conv_pwl", "bn3") : ("conv_pw", "bn2"), middle, outputs, origin: origin,
      using: initializer)
    self.activation = activation
    adds = stride == 1 && inputs == outputs
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    var y = x
    if let expansion { y = activation(expansion(y, context)) }
    y = activation(depthwise(y, context))
    if let squeeze { y = squeeze(y, context) }
    y = projection(y, context)
    return adds ? x + path(y, context) : y
  }

  func visit(_ visitor: inout TensorVisitor) {
    expansion?.visit(&visitor)
    depthwise.visit(&visitor)
    if let squeeze { visitor.layer("se", squeeze) }
    projection.visit(&visitor)
  }
}
