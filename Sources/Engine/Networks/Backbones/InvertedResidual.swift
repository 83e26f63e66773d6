import Torch

extension NormedConvolution {
  /// Convolution, batch normalisation, ReLU6. Names: `0` and `1`.
  init(
    _ inputs: Int, _ outputs: Int, _ geometry: Convolution.Geometry,
    using initializer: Initializer
  ) {
    self.init(
      ("0", "1"), Convolution(inputs, outputs, geometry, .heFanOut, using: initializer), outputs,
      then: .relu6, using: initializer)
  }
}

extension InvertedBottleneck {
  /// MobileNetV2's: behind an expansion a filter of 3×3, then a projection without activation.
  ///
  /// - Parameters:
  ///   - expansion: What comes first.
  ///   - middle: Its channels.
  ///   - outputs: Channels out.
  ///   - stride: Of the filter.
  ///   - number: The projection is `conv.N`, its normalisation `conv.(N + 1)`.
  init(
    after expansion: NormedConvolution, _ middle: Int, _ outputs: Int, stride: Int = 1,
    projectionNumber number: Int, using initializer: Initializer
  ) {
    let depthwise = NormedConvolution(
      middle, middle, .init(3, stride: stride, groups: middle), using: initializer)
    let projection = NormedConvolution(
      ("conv.\(number)", "conv.\(number + 1)"),
      Convolution(middle, outputs, .init(1), .heFanOut, using: initializer), outputs, then: nil,
      using: initializer)
    self.init(expansion: expansion, depthwise: depthwise, projection: projection)
  }
}

/// Expand by 1×1, filter each channel by 3×3, project by 1×1 without activation; add the input where
/// the shape allows. Sandler et al. 2018, figure 4. Names: `conv.0.0`, …, `conv.3`.
struct InvertedResidual: Layer {
  private let expansion: NormedConvolution
  private let inside: InvertedBottleneck
  private let adds: Bool
  private let path: DropPath

  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - outputs: Channels out.
  ///   - stride: Of the 3×3 convolution; the input is added where it is 1 and the channels agree.
  ///   - factor: Channels in the middle over channels in.
  ///   - path: How often what it adds is left out.
  init(
    _ inputs: Int, _ outputs: Int, stride: Int, expansion factor: Int, path: DropPath = DropPath(),
    using initializer: Initializer
  ) {
    self.path = path
    let middle = inputs * factor
    expansion = NormedConvolution(inputs, middle, .init(1), using: initializer)
    inside = InvertedBottleneck(
      after: expansion, middle, outputs, stride: stride, projectionNumber: 2, using: initializer)
    adds = stride == 1 && inputs == outputs
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    inside(x, onto: adds ? Residual(shortcut: x, path: path) : nil, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("conv.0", expansion)
    visitor.layer("conv.1", inside.depthwise)
    inside.projection.visit(&visitor)
  }
}
