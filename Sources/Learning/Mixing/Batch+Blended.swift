package import Batches
import Torch

extension Batch {
  /// (1 − λ) · `self` + λ · `other`, inputs and targets alike; the memory layout is `self`'s.
  ///
  /// - Parameters:
  ///   - other: a batch of equal shape, `[N, 3, H, W]`.
  ///   - λ: weight of `other`, in `0...1`; 0 and 1 give back the one or the other exactly.
  package func blended(with other: Batch, weight λ: Double) -> Batch {
    // One copy and one pass, where the formula as written would make three temporaries.
    let mixture = inputs.cloned()
    withoutGradients { mixture.lerp(to: other.inputs, weight: λ) }
    return Batch(
      inputs: mixture, target: target.mixed(with: other.target, weight: λ),
      examples: examples + other.examples, lambda: λ)
  }
}
