public import Torch

/// Squared error, ℓ = (ŷ − y)², of numbers.
///
/// Of entries each output is a number, and the loss is a mean over those that are known; a blend of two known numbers
/// is their weighted mean. Of classes there is one output, and class k is the number k: grades 0…K−1 in their order. A
/// mixed row of classes is Σ_k w_k (ŷ − y_k)², which pulls as (ŷ − Σ_k w_k y_k)² does and differs from it by what does
/// not depend on ŷ. The values are those of `torch.nn.MSELoss`.
public struct SquaredError: Loss, Equatable {
  /// Makes the loss.
  public init() {}

  /// (ŷ − y)², `[N]`.
  ///
  /// - Precondition: `logits` is `[N, 1]` with N labels.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    grades(logits, labels, state)
  }

  /// (ŷ − y)², `[N, L]`.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    (outputs - values).square()
  }

  /// They cannot: the outputs are no logits of the classes.
  public var takesClassWeights: Bool { false }

  /// Entries are learned from.
  public var takesEntries: Bool { true }
}
