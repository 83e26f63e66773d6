import Torch

/// A convolution that a batch normalisation follows, then mostly a sum with a shortcut, or an activation, or both.
protocol NormableConvolution: Layer {
  /// The convolution, normalised, added and activated; in one pass where the context folds.
  ///
  /// - Parameters:
  ///   - x: `[N, in, H, W]`.
  ///   - norm: what follows it.
  ///   - residual: what that is added to; `nil` is nothing.
  ///   - activation: what follows that; `nil` is nothing.
  func normed(
    _ x: Tensor, by norm: BatchNorm, onto residual: Residual?, then activation: Activation?,
    _ context: Context
  ) -> Tensor

  /// Its kernel as a matrix `[out, in, 1, 1]`, where it has no bias and sees one pixel at a time.
  var matrix: Tensor? { get }

  /// How it filters each channel of such maps, where it is a depthwise convolution without bias.
  func depthwiseFilter(of x: Tensor) -> Tensor.DepthwiseFilter?
}

extension Convolution: NormableConvolution {
  func normed(
    _ x: Tensor, by norm: BatchNorm, onto residual: Residual? = nil,
    then activation: Activation? = nil, _ context: Context
  ) -> Tensor {
    guard let folding = context.folding, !context.training, folding.takes(x) else {
      return norm(self(x, context), onto: residual, then: activation, context)
    }
    let own = activation.map(\.ofConvolution) ?? .identity
    if residual == nil, let own { return folding(x, self, norm, own) }
    let y = folding(x, self, norm, .identity)
    let sum = residual?(y, context) ?? y
    return activation?(sum) ?? sum
  }

  var matrix: Tensor? {
    let isPlain =
      bias == nil && geometry.kernel == 1 && geometry.stride == 1 && geometry.padding == 0
      && geometry.groups == 1
    return isPlain ? weight : nil
  }

  func depthwiseFilter(of x: Tensor) -> Tensor.DepthwiseFilter? {
    depthwiseFilter(
      top: geometry.padding, left: geometry.padding, sides: Array(outputShape(of: x).suffix(2)))
  }

  /// With so many zeros before each axis, and so many outputs along it.
  func depthwiseFilter(top: Int, left: Int, sides: [Int]) -> Tensor.DepthwiseFilter? {
    guard bias == nil, geometry.groups == weight.shape[0], weight.shape[1] == 1 else { return nil }
    return Tensor.DepthwiseFilter(
      weight, stride: geometry.stride, top: top, left: left, sides: sides)
  }
}

extension SameConvolution: NormableConvolution {
  func normed(
    _ x: Tensor, by norm: BatchNorm, onto residual: Residual?, then activation: Activation?,
    _ context: Context
  ) -> Tensor {
    convolution.normed(padded(x), by: norm, onto: residual, then: activation, context)
  }

  var matrix: Tensor? { convolution.matrix }

  func depthwiseFilter(of x: Tensor) -> Tensor.DepthwiseFilter? {
    let sides = Array(x.shape.suffix(2))
    return convolution.depthwiseFilter(
      top: zeros(sides[0]) / 2, left: zeros(sides[1]) / 2, sides: sides.map(outputs))
  }
}
