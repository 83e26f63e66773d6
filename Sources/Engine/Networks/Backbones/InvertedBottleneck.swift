import Torch

/// The inside of an inverted residual block: expand by 1 × 1, filter each channel, project by 1 × 1, each normalised. Sandler et al. 2018,
/// figure 4.
///
/// While learning, expansion and filter, or all three as far as the last normalisation, are one operation where the engine has it:
/// maps of the expanded channels are the largest of a network, and two of them are kept for the gradient then.
struct InvertedBottleneck {
  /// What makes the channels of the middle, a stem too; `nil` where the block does not expand.
  let expansion: NormedConvolution?
  let depthwise: NormedConvolution
  let projection: NormedConvolution

  /// - Parameters:
  ///   - x: `[N, in, H, W]`.
  ///   - residual: what the projection is added to; `nil` is nothing.
  /// - Returns: `[N, out, H', W']`.
  func callAsFunction(_ x: Tensor, onto residual: Residual?, _ context: Context) -> Tensor {
    guard let expansion, let norms = learning(context),
      let expand = expansion.convolution.matrix, let project = projection.convolution.matrix,
      let filter = depthwise.convolution.depthwiseFilter(of: x),
      let y = x.invertedBottleneck(
        expand: expand, norms.before, filter, norms.after, project: project)
    else { return projection(filtered(x, context), onto: residual, context) }
    count(context)
    return projection.norm(y, onto: residual, then: projection.activation, context)
  }

  /// The same as far as the projection, `[N, middle, H', W']`.
  func filtered(_ x: Tensor, _ context: Context) -> Tensor {
    guard let expansion else { return depthwise(x, context) }
    guard let norms = learning(context) else { return depthwise(expansion(x, context), context) }
    let maps = expansion.convolution(x, context)
    guard let filter = depthwise.convolution.depthwiseFilter(of: maps),
      let y = maps.depthwise(filter, between: norms.before, and: norms.after)
    else {
      return depthwise(expansion.norm(maps, then: expansion.activation, context), context)
    }
    count(context)
    return y
  }

  /// Both normalisations in the middle for an operation of the engine; `nil` where one is not to be computed so.
  private func learning(
    _ context: Context
  ) -> (before: Tensor.BatchNormalization, after: Tensor.BatchNormalization)? {
    guard let before = expansion?.norm.learning(context, then: expansion?.activation),
      let after = depthwise.norm.learning(context, then: depthwise.activation)
    else { return nil }
    return (before, after)
  }

  private func count(_ context: Context) {
    expansion?.norm.count(context)
    depthwise.norm.count(context)
  }
}
