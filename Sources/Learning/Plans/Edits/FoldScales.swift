public import Networks
import Requirements
import Torch

/// The learned scales of a ``ScaledHead`` multiplied into its weights: the same logits from a linear head.
public struct FoldScales: NetworkEdit, Equatable {
  /// Makes the edit.
  public init() {}

  /// w_c ← a_c w_c, b_c ← a_c b_c.
  ///
  /// - Precondition: the heads are scaled.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    withoutGradients {
      network.with(
        heads: network.heads.map { head in
          guard let head = head as? ScaledHead else {
            requirementFailed("FoldScales: expected scaled heads, got \(head.form)")
          }
          let (weight, scale) = (head.linear.weight.detached(), head.scale.detached())
          let column = scale.reshaped([scale.count] + weight.shape.dropFirst().map { _ in 1 })
          return LinearHead(
            weight: (weight * column).requiringGrad(),
            bias: (head.linear.bias.detached() * scale).requiringGrad(),
            dropout: head.linear.dropout)
        })
    }
  }
}
