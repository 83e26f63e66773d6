package import Networks
import Requirements
package import Torch

/// Holds the weights of each class in a head to a length, w_c ← w_c · min(1, ν / ‖w_c‖), after every update: projected
/// gradient descent. Biases are free.
///
/// ν is set when a stage begins, of the weights as they are then: as far from the shortest class to the longest as
/// `share` says. Source: Alshammari, Wang, Ramanan, Kong, "Long-Tailed Recognition via Weight Balancing", CVPR 2022,
/// equation 4, and its code (`share` .1).
public struct MaxNorm: Sendable, Equatable {
  /// Where ν lies: 0 is the length of the shortest class, 1 that of the longest; ∞ holds nothing.
  public var share: Double

  /// - Parameter share: where ν lies, at least 0.
  /// - Precondition: `share` is at least 0.
  public init(share: Double = 0.1) {
    require(share >= 0, "MaxNorm: expected a share of at least 0, got \(share)")
    self.share = share
  }

  /// ν of each head, `[heads]`, float64.
  ///
  /// - Parameter network: as it is when the stage begins.
  /// - Precondition: linear heads.
  package func limits(of network: Network) -> Tensor {
    let limits = Self.weights(of: network).map { weight -> Double in
      let lengths = Self.lengths(weight)
      let (low, high) = (lengths.amin().item(), lengths.amax().item())
      return share.isFinite ? low + share * (high - low) : .infinity
    }
    return Tensor(limits, shape: [limits.count])
  }

  /// Shortens in place what is longer than its limit.
  ///
  /// - Parameters:
  ///   - network: whose heads are held.
  ///   - limits: ν of each head, `[heads]`.
  package func hold(_ network: Network, to limits: Tensor) {
    withoutGradients {
      for (weight, limit) in zip(Self.weights(of: network), limits.scalars(as: Double.self)) {
        let lengths = Self.lengths(weight)
        // A class within its limit is multiplied by 1, which changes no bit.
        let factors = (lengths.maximum(Tensor(1e-30)).reciprocal() * limit).minimum(Tensor(1.0))
        guard limit.isFinite else { continue }
        let shape = [weight.shape[0]] + weight.shape.dropFirst().map { _ in 1 }
        weight.multiply(
          by: factors.reshaped(shape).to(weight.dtype).moved(to: weight.device))
      }
    }
  }

  /// ‖w_c‖, `[C]`, float64.
  private static func lengths(_ weight: Tensor) -> Tensor {
    withoutGradients {
      weight.detached().flattened(from: 1).moved(to: .cpu).to(.float64).square().sum(dims: [1])
        .sqrt()
    }
  }

  private static func weights(of network: Network) -> [Tensor] {
    network.linearHeads(for: "MaxNorm").map(\.weight)
  }
}
