public import Torch

/// What a network gives for a batch.
public struct Outputs: Sendable {
  /// Features of each branch, `[N, F]`.
  public var features: [Tensor]
  /// Logits of each head, `[N, C]`.
  public var heads: [Tensor]
  /// The answer: what the readout makes of the heads, `[N, C]`.
  public var logits: Tensor

  /// Outputs of their parts.
  public init(features: [Tensor], heads: [Tensor], logits: Tensor) {
    (self.features, self.heads, self.logits) = (features, heads, logits)
  }
}
