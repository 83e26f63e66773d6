public import Torch

extension Tensor {
  /// The activation by its formula, in operations that have nothing else in their pass.
  public func activated(by activation: Activation) -> Tensor {
    switch activation {
    case .identity: self
    case .relu: clamped(min: 0, max: .infinity)
    case .relu6: clamped(min: 0, max: 6)
    case .silu: self * sigmoid()
    }
  }
}
