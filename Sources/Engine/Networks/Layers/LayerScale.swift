import Torch

/// y = γ x: one learned factor a channel, small at first, so that a deep network begins near the identity.
///
/// Touvron et al., *Going deeper with image transformers*, ICCV 2021.
struct LayerScale {
  /// γ, `[C]`.
  let gamma: Tensor

  /// - Parameter value: every factor at first.
  init(_ channels: Int, _ value: Double, using initializer: Initializer) {
    gamma = initializer.vector(channels, value)
  }

  /// - Parameter x: `[…, C]`.
  func callAsFunction(_ x: Tensor) -> Tensor { x * gamma }
}
