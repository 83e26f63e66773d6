import Foundation
public import Networks
import Requirements
import Torch

/// Heads that say the shares of the classes and nothing else: W = 0 and b_c = −log((1 − π_c) / π_c), so that
/// σ(z_c) = π_c whatever the input.
///
/// A sigmoid for each class begins at ½ otherwise, far above the share of nearly all classes, and the first steps are
/// spent on the many that are not there. Sources: Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017; Cui et
/// al., "Class-Balanced Loss Based on Effective Number of Samples", CVPR 2019 (π = 1 / C); Chen et al., "Is Sampling
/// Heuristics Necessary in Training Deep Object Detectors?", 2019 (π as counted). Departs from them: their W begins
/// with small random values; at 0 the shares are exact.
public struct PriorBias: NetworkEdit, Equatable {
  /// π, `[C]`, each above 0 and below 1.
  public var shares: [Double]

  /// - Parameter shares: π, the share of each class, `[C]`; they need not sum to 1.
  /// - Precondition: each is above 0 and below 1.
  public init(_ shares: [Double]) {
    require(
      shares.allSatisfy { 0 < $0 && $0 < 1 },
      "PriorBias: expected shares above 0 and below 1, got \(shares)")
    self.shares = shares
  }

  /// It does.
  public var needsLinearHeads: Bool { true }

  /// The same features under heads that say the shares.
  ///
  /// - Precondition: linear heads with an output for each share.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    withoutGradients {
      network.with(
        heads: network.linearHeads(for: "PriorBias", outputs: shares.count).map { head in
          let bias = Tensor(shares.map { -Foundation.log((1 - $0) / $0) }, shape: [shares.count])
            .to(head.bias.dtype).moved(to: head.bias.device)
          return LinearHead(
            weight: (head.weight.detached() * 0).requiringGrad(), bias: bias.requiringGrad(),
            dropout: head.dropout)
        })
    }
  }
}
