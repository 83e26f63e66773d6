public import Batches
import Foundation
import Requirements
import Sampling
public import Torch

/// The loss of one expert whose logits are read as evidence:
///
/// ```text
/// ℓ = −log(α_y / S) + t · KL(Dir(α̃) ‖ Dir(1)),   α_c = exp(z_c − s Δ_c [c = y]),  S = Σ_c α_c
/// α̃_c = exp(z_c) + 1 for c ≠ y, α̃_y = 1;  t grows from 0 to `divergence` over the stage
/// ```
///
/// The first term is cross-entropy with margins; the second takes away evidence for other classes than the true one.
/// `divergence` = 0 is ``AdjustedCrossEntropy/ldam(_:margin:scale:weights:)``.
///
/// Source: Li, Han, Li, Fu, Zhang, "Trustworthy Long-Tailed Classification", CVPR 2022, and the authors' code.
public struct EvidentialLoss: Loss, Equatable {
  /// The first term, with margins and weights.
  public var likelihood: AdjustedCrossEntropy
  /// t at the end of the stage, at least 0.
  public var divergence: Double

  /// - Parameters:
  ///   - likelihood: the first term, with margins and weights.
  ///   - divergence: t at the end of the stage, at least 0.
  /// - Precondition: `divergence` is at least 0.
  public init(_ likelihood: AdjustedCrossEntropy, divergence: Double) {
    require(
      divergence >= 0 && divergence.isFinite,
      "EvidentialLoss: expected a divergence of at least 0, got \(divergence)")
    (self.likelihood, self.divergence) = (likelihood, divergence)
  }

  /// Both terms, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let rows = likelihood.perExample(logits, labels, state)
    let t = divergence * min(max(state.moment.elapsed, 0), 1)
    guard t > 0 else { return rows }
    return rows + (Self.misplaced(logits, labels) * t).to(rows.dtype)
  }

  /// The likelihood's, `[C]`.
  public func classWeights(at moment: Moment) -> [Double]? { likelihood.classWeights(at: moment) }

  /// KL(Dir(α̃) ‖ Dir(1)) of each row, `[N]`, float64.
  ///
  /// - Parameters:
  ///   - logits: z, `[N, C]`; beyond 500 as at 500.
  ///   - labels: y, `[N]`.
  /// - Precondition: two dimensions, N labels in `0..<C`.
  public static func misplaced(_ logits: Tensor, _ labels: [Int]) -> Tensor {
    let z = logits.to(.float64).clamped(min: -.infinity, max: 500)
    let own = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: z.device)
      .oneHot(classes: z.shape[1]).to(.float64)
    return DirichletDivergence.fromFlat(z.exp() * (1 - own) + 1)
  }
}
