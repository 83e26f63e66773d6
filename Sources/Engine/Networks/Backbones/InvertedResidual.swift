import Torch

/// Convolution, batch normalisation, ReLU6. Names: `0` and `1`.
struct ConvolutionUnit: Layer {
  private let convolution: Convolution
  private let norm: BatchNorm

  init(
    _ inputs: Int, _ outputs: Int, _ geometry: Convolution.Geometry,
    using initializer: Initializer
  ) {
    convolution = Convolution(inputs, outputs, geometry, .heFanOut, using: initializer)
    norm = BatchNorm(outputs, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    convolution.normed(x, by: norm, then: .relu6, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("0", convolution)
    visitor.layer("1", norm)
  }
}

/// Expand by 1×1, filter each channel by 3×3, project by 1×1 without activation; add the input where
/// the shape allows. Sandler et al. 2018, figure 4. Names: `conv.0.0`, …, `conv.3`.
struct InvertedResidual: Layer {
  private let units: [ConvolutionUnit]
  private let projection: Convolution
  private let norm: BatchNorm
  private let adds: Bool
  private let path: DropPath

  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - outputs: Channels out.
  ///   - stride: Of the 3×3 convolution; the input is added where it is 1 and the channels agree.
  ///   - expansion: Channels in the middle over channels in; at 1 there is no expansion layer.
  ///   - path: How often what it adds is left out.
  init(
    _ inputs: Int, _ outputs: Int, stride: Int, expansion: Int, path: DropPath = DropPath(),
    using initializer: Initializer
  ) {
    self.path = path
    let middle = inputs * expansion
    var units: [ConvolutionUnit] = []
    if expansion > 1 { units.append(ConvolutionUnit(inputs, middle, .init(1), using: initializer)) }
    let depthwise = Convolution.Geometry(3, stride: stride, groups: middle)
    units.append(ConvolutionUnit(middle, middle, depthwise, using: initializer))
    self.units = units
    projection = Convolution(middle, outputs, .init(1), .heFanOut, using: initializer)
    norm = BatchNorm(outputs, using: initializer)
    adds = stride == 1 && inputs == outputs
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    projection.normed(
      units.reduce(x) { $1($0, context) }, by: norm,
      onto: adds ? Residual(shortcut: x, path: path) : nil, context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    for (index, unit) in units.enumerated() { visitor.layer("conv.\(index)", unit) }
    visitor.layer("conv.\(units.count)", projection)
    visitor.layer("conv.\(units.count + 1)", norm)
  }
}
