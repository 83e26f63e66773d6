public import Networks
import Torch

/// A learned calibration over the trained linear heads, which stay: distribution alignment.
public struct AlignHead: NetworkEdit, Equatable {
  /// Makes the edit.
  public init() {}

  /// It does.
  public var needsLinearHeads: Bool { true }

  /// The same heads under a calibration that changes no score yet.
  ///
  /// - Precondition: the heads are linear.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    network.with(
      heads: network.linearHeads(for: "AlignHead").map { linear in
        let tensor = linear.weight
        return AlignedHead(
          linear, features: tensor.shape[1],
          using: Initializer(
            device: tensor.device, dtype: tensor.dtype, generator: tools.generator))
      })
  }
}
