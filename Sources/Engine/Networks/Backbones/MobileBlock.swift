import Torch

/// EfficientNet's block: expand by 1×1, filter each channel, weigh channels, project by 1×1; add the input where
/// the shape allows. Tan and Le 2019; Sandler et al. 2018, figure 4.
///
/// Names with an expansion: `conv_pw`, `bn1`, `conv_dw`, `bn2`, `se`, `conv_pwl`, `bn3`; without one: `conv_dw`,
/// `bn1`, `se`, `conv_pw`, `bn2`.
struct MobileBlock: Layer {
  private let inside: InvertedBottleneck
  private let squeeze: SqueezeExcitation?
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
    let expansion =
      expands
      ? NormedConvolution(
        ("conv_pw", "bn1"), inputs, middle, origin: origin, then: activation, using: initializer)
      : nil
    let depthwise = NormedConvolution(
      ("conv_dw", expands ? "bn2" : "bn1"), middle, middle, kernel: kernel, stride: stride,
      depthwise: true, origin: origin, then: activation, using: initializer)
    let projection = NormedConvolution(
      expands ? ("conv_pwl", "bn3") : ("conv_pw", "bn2"), middle, outputs, origin: origin,
      then: nil, using: initializer)
    inside = InvertedBottleneck(
      expansion: expansion, depthwise: depthwise, projection: projection)
    adds = stride == 1 && inputs == outputs
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let residual = adds ? Residual(shortcut: x, path: path) : nil
    guard let squeeze else { return inside(x, onto: residual, context) }
    return inside.projection(
      squeeze(inside.filtered(x, context), context), onto: residual, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    inside.expansion?.visit(&visitor)
    inside.depthwise.visit(&visitor)
    if let squeeze { visitor.layer("se", squeeze) }
    inside.projection.visit(&visitor)
  }
}
