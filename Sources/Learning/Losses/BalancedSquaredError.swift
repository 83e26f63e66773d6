import Foundation
import Requirements
public import Sampling
public import Torch

/// Balanced MSE in closed form (GAI): squared error of a network that would be right if all numbers were equally common.
///
/// ```text
/// ℓ = 2σ² ( −log N(y; ŷ, σ²) + log Σ_k φ_k N(ŷ; μ_k, σ² + v_k) )
///   = (ŷ − y)² + 2σ² log Σ_k φ_k (1 + v_k/σ²)^{−½} e^{−(ŷ − μ_k)² / 2(σ² + v_k)}
/// ```
///
/// The second term is the density of the training numbers (``NumberMixture``), blurred by the noise, at ŷ: what is common
/// pulls predictions less. Without it, as where the density is flat, it is the squared error. A value may be below 0.
/// Of classes there is one output, and class k is the number k.
///
/// Source: Ren, Zhang, Yu, Liu, "Balanced MSE for Imbalanced Visual Regression", CVPR 2022, its analytic form with a Gaussian
/// mixture. Departs from its code, which learns σ besides.
public struct BalancedSquaredError: Loss, Equatable {
  /// φ, μ and v, in the units in which the loss sees numbers.
  public let mixture: NumberMixture
  /// σ, the standard deviation of what cannot be known of a number, above 0.
  public let noise: Double

  /// - Parameters:
  ///   - mixture: φ, μ and v of the training numbers.
  ///   - noise: σ, above 0.
  /// - Precondition: `noise` is in range.
  public init(_ mixture: NumberMixture, noise: Double) {
    require(
      noise > 0 && noise.isFinite, "BalancedSquaredError: expected σ above 0, got \(noise)")
    (self.mixture, self.noise) = (mixture, noise)
  }

  /// ℓ, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, 1]` with N labels.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    grades(logits, labels, state)
  }

  /// ℓ, `[N, L]`.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    let variance = noise * noise
    func row(_ numbers: [Double]) -> Tensor {
      Tensor(numbers, shape: [1, 1, numbers.count]).to(outputs.dtype).moved(to: outputs.device)
    }
    let height = row(
      zip(mixture.shares, mixture.variances).map { log($0) - 0.5 * log(1 + $1 / variance) })
    let narrowness = row(mixture.variances.map { 0.5 / (variance + $0) })
    let distance = (outputs.unsqueezed(2) - row(mixture.means)).square()
    let density = (height - distance * narrowness).logSumExp(dim: 2)
    return (outputs - values).square() + density * (2 * variance)
  }

  /// They cannot: the outputs are no logits of the classes.
  public var takesClassWeights: Bool { false }

  /// It has.
  public var takesEntries: Bool { true }
}
