import Torch

/// Weighs each channel by what all of them are on average: y = x · σ(W₂ a(W₁ mean(x) + b₁) + b₂).
///
/// Hu et al., *Squeeze-and-excitation networks*, CVPR 2018. Names: `conv_reduce`, `conv_expand` unless said otherwise, stored as 1×1
/// convolutions.
struct SqueezeExcitation: Layer {
  private let reduce, expand: Linear
  private let activation: Activation
  private let names: (String, String)
  private let isHard: Bool

  /// - Parameters:
  ///   - channels: channels of its input.
  ///   - reduced: values between the two layers.
  ///   - activation: between the two layers.
  ///   - isHard: whether the weights are min(max(0, x + 3), 6) / 6 in the place of σ(x), as in MobileNetV3.
  ///   - names: of the two layers.
  init(
    _ channels: Int, reduced: Int, activation: Activation = .silu, isHard: Bool = false,
    names: (String, String) = ("conv_reduce", "conv_expand"), using initializer: Initializer
  ) {
    (self.activation, self.isHard, self.names) = (activation, isHard, names)
    reduce = Linear(
      channels, reduced, form: .pointwise, .heFanOut, bias: .zero, using: initializer)
    expand = Linear(
      reduced, channels, form: .pointwise, .heFanOut, bias: .zero, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let weights = expand(activation(reduce(x.globalMean(), context)), context)
    let gate = isHard ? (weights + 3).relu6InPlace() / 6 : weights.sigmoid()
    return x * gate.reshaped([x.shape[0], x.shape[1], 1, 1])
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.layer(names.0, reduce)
    visitor.layer(names.1, expand)
  }
}
