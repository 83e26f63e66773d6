import Foundation
import Requirements
public import Torch

/// How much each row counts for the next member of a boosted ensemble that answers with probabilities (SAMME.R):
/// w ← w · exp(−η (K−1)/K Σ_k y_k ln p_k), y_k = 1 of the row's class and −1/(K−1) of all others, then scaled to sum to 1.
///
/// A member adds (K−1)(ln p_k − mean_j ln p_j) to the answer, which of a linear member is z_k − mean_j z_j: the ensemble is
/// linear as its members are. Source: Zhu, Zou, Rosset, Hastie, "Multi-class AdaBoost", Statistics and Its Interface 2009.
public struct RealBoosting: Sendable {
  /// w, `[N]`; sums to 1.
  public private(set) var weights: [Double]
  /// η, above 0.
  public let rate: Double

  /// All rows count alike.
  ///
  /// - Parameters:
  ///   - count: N, at least 1.
  ///   - rate: η, above 0.
  /// - Precondition: both are in range.
  public init(count: Int, rate: Double = 1) {
    require(
      count >= 1 && rate > 0 && rate.isFinite,
      "RealBoosting: expected rows and a rate above 0, got \(count) and \(rate)")
    weights = [Double](repeating: 1 / Double(count), count: count)
    self.rate = rate
  }

  /// Takes note of what a member answers to all rows.
  ///
  /// - Parameters:
  ///   - logits: `[N, K]`.
  ///   - labels: class of each row.
  /// - Returns: whether there is something left to learn: the member is wrong somewhere, and the weights are numbers.
  public mutating func follow(_ logits: Tensor, _ labels: [Int]) -> Bool {
    let classes = logits.shape[1]
    let (logs, decided) = withoutGradients {
      let exact = logits.detached().to(.float64)
      return (
        // As far down as a probability may go.
        exact.softmax(dim: 1).maximum(Tensor(Double.ulpOfOne)).log().scalars(as: Double.self),
        exact.argmax(dim: 1).scalars(as: Int64.self).map(Int.init)
      )
    }
    guard zip(decided, labels).contains(where: !=) else { return false }
    let (own, other) = (1.0, -1 / Double(max(classes - 1, 1)))
    var next = weights
    for (row, label) in labels.enumerated() {
      var coded = 0.0
      for k in 0..<classes { coded += (k == label ? own : other) * logs[row * classes + k] }
      next[row] *= exp(-rate * Double(classes - 1) / Double(classes) * coded)
    }
    let total = next.reduce(0, +)
    guard total > 0, total.isFinite else { return false }
    weights = next.map { $0 / total }
    return true
  }
}
