public import Batches
import Requirements
public import Torch

/// How wrong the network is about each row.
///
/// A loss is written once, for hard labels; mixed targets follow by linearity:
///
///     let loss = CrossEntropy()
///     let perRow = loss(network(batch.inputs), batch.target)  // [N]
///
/// Nothing is reduced here: the mean over rows is taken in one place, in `Terms`.
public protocol Loss: Sendable {
  /// The loss of hard labels.
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`, unnormalised, float32 or float64.
  ///   - labels: class of each row, `[N]`, each in `0..<C`.
  /// - Returns: one unreduced value per row, `[N]`.
  func perExample(_ logits: Tensor, _ labels: [Int]) -> Tensor

  /// The loss of a mixed target; a loss that is linear in a soft target may take that short cut.
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`, unnormalised, float32 or float64.
  ///   - target: labellings of the N rows.
  /// - Returns: Σ_k weight_k · perExample(labels_k), `[N]`.
  func mixed(_ logits: Tensor, _ target: Target) -> Tensor
}

extension Loss {
  /// The loss of each row against its target, in float32 whatever the autocast (float64 stays).
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`, unnormalised, of any floating type.
  ///   - target: labellings of the N rows.
  /// - Returns: one unreduced value per row, `[N]`.
  /// - Precondition: `logits` has two dimensions and as many rows as `target`.
  public func callAsFunction(_ logits: Tensor, _ target: Target) -> Tensor {
    require(
      logits.rank == 2 && logits.shape[0] == target.count,
      "Loss: expected logits [\(target.count), C] for \(target.count) labels, got \(logits.shape)")
    return mixed(logits.dtype == .float64 ? logits : logits.to(.float32), target)
  }

  /// Σ_k weight_k · perExample(labels_k), `[N]`: every loss is linear in a mixture of labellings.
  public func mixed(_ logits: Tensor, _ target: Target) -> Tensor {
    let parts = target.terms.map { term in
      let weight = Tensor(term.weight, shape: [term.weight.count]).moved(to: logits.device)
      return perExample(logits, term.labels) * weight.to(logits.dtype)
    }
    return parts.dropFirst().reduce(parts[0], +)
  }
}
