import Batches
import Requirements
public import Sampling
public import Torch

/// Influence-balanced loss: cross-entropy over how much a row pulls at the boundaries:
///
/// ```text
/// ℓ_i = λ_y α · CE(z_i, y_i) / ( ‖p_i − y_i‖₁ ‖h_i‖₁ + 10⁻³ ),   λ_c = C n_c⁻¹ / Σ_k n_k⁻¹
/// ```
///
/// h are the features below the last layer, of which p − y times h is the gradient: a row that bends the network much,
/// as a common one that lies among others does, counts less. It is for a network that has been trained already; at
/// first all rows pull alike.
///
/// Source: Park, Lim, Jeon, Choi, "Influence-Balanced Loss for Imbalanced Visual Classification", ICCV 2021; as in its
/// code the gradient goes through the divisor too, and the mean is over rows, not over the weights λ.
public struct InfluenceBalanced: Loss, Equatable {
  /// α, above 0.
  public let alpha: Double
  /// λ, `[C]`; sums to C.
  public let shares: [Double]

  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - alpha: α, above 0.
  /// - Precondition: `alpha` is in range.
  public init(_ classes: ClassCounts, alpha: Double = 1000) {
    require(
      alpha > 0 && alpha.isFinite, "InfluenceBalanced: expected α above 0, got \(alpha)")
    (self.alpha, shares) = (alpha, ClassWeights.inverse(classes).values)
  }

  /// ℓ, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`; `state` has the features.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    require(
      !state.features.isEmpty && state.features.allSatisfy { $0.shape[0] == labels.count },
      "InfluenceBalanced: expected features of \(labels.count) rows, got "
        + "\(state.features.map(\.shape))")
    let target = Target(labels)
    let places = target.dense(classes: shares.count, on: logits.device).to(logits.dtype)
    let gap = (logits.softmax(dim: 1) - places).abs().sum(dims: [1])
    let lengths = state.features.map { $0.to(logits.dtype).abs().sum(dims: [1]) }
    let length = lengths.dropFirst().reduce(lengths[0], +)
    let share = Tensor(labels.map { shares[$0] * alpha }, shape: [labels.count])
      .to(logits.dtype).moved(to: logits.device)
    return CrossEntropy().perExample(logits, labels, state) * share / (gap * length + 1e-3)
  }
}
