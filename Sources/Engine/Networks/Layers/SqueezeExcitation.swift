import Torch

/// Weighs each channel by what all of them are on average: y = x · σ(W₂ silu(W₁ mean(x) + b₁) + b₂).
///
/// Hu et al., *Squeeze-and-excitation networks*, CVPR 2018. Names: `conv_reduce`, `conv_expand`, stored as 1×1
/// convolutions.
struct SqueezeExcitation: Layer {
  private let reduce, expand: Linear

  /// - Parameters:
  ///   - channels: channels of its input.
  ///   - reduced: values between the two layers.
  init(_ channels: Int, reduced: Int, using initializer: Initializer) {
    reduce = Linear(
      channels, reduced, form: .pointwise, .heFanOut, bias: .zero, using: initializer)
    expand = Linear(
      reduced, channels, form: .pointwise, .heFanOut, bias: .zero, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let gate = expand(reduce(x.globalMean(), context).silu(), context).sigmoid()
    return x * gate.reshaped([x.shape[0], x.shape[1], 1, 1])
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("conv_reduce", reduce)
    visitor.layer("conv_expand", expand)
  }
}
