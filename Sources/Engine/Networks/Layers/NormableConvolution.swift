import Torch

/// A convolution that a batch normalisation, and mostly an activation, follow.
protocol NormableConvolution: Layer {
  /// The convolution, normalised and activated; in one pass where the context folds.
  ///
  /// - Parameters:
  ///   - x: `[N, in, H, W]`.
  ///   - norm: what follows it.
  ///   - activation: what follows that; `nil` is nothing.
  func normed(_ x: Tensor, by norm: BatchNorm, then activation: Activation?, _ context: Context)
    -> Tensor
}

extension Convolution: NormableConvolution {
  func normed(
    _ x: Tensor, by norm: BatchNorm, then activation: Activation? = nil, _ context: Context
  ) -> Tensor {
    guard let folding = context.folding, !context.training, x.dtype == .float32 else {
      let y = norm(self(x, context), context)
      return activation?(y) ?? y
    }
    guard let activation else { return folding(x, self, norm, .identity) }
    guard let own = activation.ofConvolution else {
      return activation(folding(x, self, norm, .identity))
    }
    return folding(x, self, norm, own)
  }
}

extension SameConvolution: NormableConvolution {
  func normed(
    _ x: Tensor, by norm: BatchNorm, then activation: Activation?, _ context: Context
  ) -> Tensor {
    convolution.normed(padded(x), by: norm, then: activation, context)
  }
}
