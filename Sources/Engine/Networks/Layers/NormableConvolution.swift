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
}

extension SameConvolution: NormableConvolution {
  func normed(
    _ x: Tensor, by norm: BatchNorm, onto residual: Residual?, then activation: Activation?,
    _ context: Context
  ) -> Tensor {
    convolution.normed(padded(x), by: norm, onto: residual, then: activation, context)
  }
}
