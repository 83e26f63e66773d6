public import Torch

/// What a network gives for a batch.
public struct Outputs: Sendable {
  /// Features of each branch, `[N, F]`; empty where a router left branches out.
  public var features: [Tensor]
  /// Logits of each head, `[N, C]`; empty where a router left heads out.
  public var heads: [Tensor]
  /// The answer: what the readout makes of the heads, `[N, C]`.
  public var logits: Tensor

  /// How many experts each row engaged, `[N]`, of a network with a router.
  public var engaged: Tensor?

  /// Outputs of their parts, in the shapes `[N, F]`, `[N, C]`, `[N, C]` and `[N]`.
  public init(features: [Tensor], heads: [Tensor], logits: Tensor, engaged: Tensor? = nil) {
    (self.features, self.heads, self.logits) = (features, heads, logits)
    self.engaged = engaged
  }
}
