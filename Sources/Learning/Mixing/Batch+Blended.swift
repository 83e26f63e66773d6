package import Batches
import Networks
import Torch

extension Batch {
  /// (1 − λ) · `self` + λ · `other`, inputs and targets alike; the memory layout is `self`'s.
  ///
  /// - Parameters:
  ///   - other: a batch of equal shape; series may be of unequal length.
  ///   - λ: weight of `other`, in `0...1`; 0 and 1 give back the one or the other exactly.
  package func blended(with other: Batch, weight λ: Double) -> Batch {
    Batch(
      inputs: inputs.blended(with: other.inputs, weight: λ),
      target: target.mixed(with: other.target, weight: λ),
      examples: examples + other.examples, lambda: λ, bounds: bounds)
  }
}
