public import Networks
import Torch

/// A learned scale for each class over the trained linear heads, which stay: learnable weight scaling.
public struct ScaleHead: NetworkEdit, Equatable {
  /// Makes the edit.
  public init() {}

  /// It does.
  public var needsLinearHeads: Bool { true }

  /// The same heads under scales of 1.
  ///
  /// - Precondition: the heads are linear.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    network.with(
      heads: network.linearHeads(for: "ScaleHead").map { linear in
        ScaledHead(
          linear,
          using: Initializer(device: linear.weight.device, generator: tools.generator))
      })
  }
}
