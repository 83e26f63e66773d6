import Torch

/// A function of each value, between two layers of a family that has it in two forms.
enum Activation: Sendable {
  /// x · σ(x), also called swish. Ramachandran et al., arXiv:1710.05941.
  case silu
  /// min(max(0, x), 6), which small integers hold well.
  case relu6
  /// x · Φ(x). Hendrycks and Gimpel, arXiv:1606.08415.
  case gelu
  /// x · σ(1.702 x), which OpenAI's CLIP has in the place of ``gelu``.
  case quickGELU
  /// x · min(max(0, x + 3), 6) / 6: a ``silu`` of straight lines. Howard et al., *MobileNetV3*, ICCV 2019.
  case hardSwish
  /// max(0, x).
  case relu

  /// The same as something that a convolution applies itself, of those that have it.
  var ofConvolution: Tensor.Activation? {
    switch self {
    case .silu: .silu
    case .relu6: .relu6
    case .relu: .relu
    case .gelu, .quickGELU, .hardSwish: nil
    }
  }

  /// The same as something that a batch normalisation applies itself, of those that have it.
  var ofNormalization: Tensor.Activation? {
    switch self {
    case .relu6: .relu6
    case .relu: .relu
    case .silu, .gelu, .quickGELU, .hardSwish: nil
    }
  }

  /// - Parameter x: a result that nothing else reads: `relu6` and `relu` overwrite it.
  func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .silu: x.silu()
    case .relu6: x.relu6InPlace()
    case .gelu: x.gelu()
    case .quickGELU: x * (x * 1.702).sigmoid()
    case .hardSwish: x * ((x + 3).relu6InPlace() / 6)
    case .relu: x.reluInPlace()
    }
  }
}
