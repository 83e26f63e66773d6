public import Batches
public import Torch

/// A term of a step's loss that speaks of the batch as a whole, and so is no sum over its rows.
///
/// It is added to a loss: ``Loss`` says how wrong the network is about each row, a batch term what else it should do.
/// Its values may be negative, and need not be linear in the target.
public protocol BatchTerm: Sendable {
  /// The term, handed out to the rows in parts that add up to N times it.
  ///
  /// - Parameters:
  ///   - logits: `[N, C]`, unnormalised, of any floating type.
  ///   - target: labellings of the N rows.
  ///   - state: the time, and what the logits were made of.
  /// - Returns: a value per row, `[N]`, whose mean is the term; 0 where nothing is known of any row.
  func callAsFunction(_ logits: Tensor, _ target: Target, _ state: LossState) -> RowValues
}
