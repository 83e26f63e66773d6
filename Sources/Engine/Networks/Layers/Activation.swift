import Torch

/// A function of each value, between two layers of a family that has it in two forms.
enum Activation: Sendable {
  /// x · σ(x), also called swish. Ramachandran et al., arXiv:1710.05941.
  case silu
  /// min(max(0, x), 6), which small integers hold well.
  case relu6

  /// - Parameter x: a result that nothing else reads: `relu6` overwrites it.
  func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .silu: x.silu()
    case .relu6: x.relu6InPlace()
    }
  }
}
