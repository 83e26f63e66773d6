import Torch

/// Bottleneck whose normalisation and activation come before each convolution.
///
/// He et al., *Identity mappings in deep residual networks*, ECCV 2016, in BiT's form: groups of 32
/// normalised, standardised kernels, the shortcut taken from the activated input where the shape
/// changes and from the input itself elsewhere. Names: `gn1`, `conv1`, …, `conv3`, `downsample`.
struct PreActivationBottleneck: Layer {
  private let gn1, gn2, gn3: GroupNorm
  private let conv1, conv2, conv3: StandardizedConvolution
  private let downsample: StandardizedConvolution?
  private let path: DropPath

  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - outputs: Channels out; a quarter of them in the middle.
  ///   - stride: Of the 3×3 convolution.
  ///   - path: How often it is left out.
  init(
    _ inputs: Int, _ outputs: Int, stride: Int, path: DropPath = DropPath(),
    using initializer: Initializer
  ) {
    self.path = path
    let middle = outputs / 4
    gn1 = GroupNorm(inputs, using: initializer)
    conv1 = StandardizedConvolution(inputs, middle, .init(1), using: initializer)
    gn2 = GroupNorm(middle, using: initializer)
    conv2 = StandardizedConvolution(middle, middle, .init(3, stride: stride), using: initializer)
    gn3 = GroupNorm(middle, using: initializer)
    conv3 = StandardizedConvolution(middle, outputs, .init(1), using: initializer)
    downsample =
      stride == 1 && inputs == outputs
      ? nil
      : StandardizedConvolution(inputs, outputs, .init(1, stride: stride), using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let activated = gn1(x, context).reluInPlace()
    let shortcut = downsample?(activated, context) ?? x
    var y = conv1(activated, context)
    y = conv2(gn2(y, context).reluInPlace(), context)
    return path(conv3(gn3(y, context).reluInPlace(), context), context) + shortcut
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("gn1", gn1)
    visitor.layer("conv1", conv1)
    visitor.layer("gn2", gn2)
    visitor.layer("conv2", conv2)
    visitor.layer("gn3", gn3)
    visitor.layer("conv3", conv3)
    if let downsample { visitor.layer("downsample", downsample) }
  }
}
