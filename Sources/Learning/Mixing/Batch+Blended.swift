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

  /// (1 − λ_i) · row i of `self` + λ_i · row i of `other`, inputs and targets alike.
  ///
  /// - Parameters:
  ///   - other: a batch of equal shape; series may be of unequal length.
  ///   - lambdas: λ of each row, `[N]`, in `0...1`; the batch's own λ is their mean.
  package func blended(with other: Batch, weights lambdas: [Double]) -> Batch {
    blended(with: other, own: lambdas.map { 1 - $0 }, lambda: lambdas)
  }

  /// w_i · row i of `self` + (1 − w_i) · row i of `other`, inputs and targets alike.
  ///
  /// - Parameters:
  ///   - other: a batch of equal shape; series may be of unequal length.
  ///   - own: w, `[N]`, in `0...1`.
  ///   - lambda: what the batch's own λ is the mean of; w where it is not given.
  package func blended(with other: Batch, own: [Double], lambda: [Double]? = nil) -> Batch {
    let shown = lambda ?? own
    return Batch(
      inputs: inputs.blended(with: other.inputs, own: own),
      target: target.mixed(with: other.target, own: own),
      examples: examples + other.examples,
      lambda: shown.isEmpty ? nil : shown.reduce(0, +) / Double(shown.count), bounds: bounds)
  }
}
