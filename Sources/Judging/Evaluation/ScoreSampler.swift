import Randomness
import Requirements

/// Scores of a made-up model, with any AUROC and any prevalence.
///
/// Positives are uniform in 0…1. Each negative stands in the gap that has `k` positives below it, and
/// `k` is binomial with `n₁` trials and probability `1 − AUROC`: it then outscores each positive with
/// that probability, and the AUROC is the asked one on average.
///
/// Source: McDermott et al., "A closer look at AUROC and AUPRC under class imbalance", NeurIPS 2024.
public struct ScoreSampler: Sendable, Equatable {
  /// Number of positives `n₁`.
  public let positives: Int
  /// Number of negatives `n₀`.
  public let negatives: Int
  /// Mean AUROC, 0…1.
  public let rocAUC: Double

  /// A sampler.
  ///
  /// - Parameters:
  ///   - count: Number of examples, at least 2.
  ///   - prevalence: Part that is positive; rounded to a whole number of examples.
  ///   - rocAUC: Mean AUROC, 0…1.
  /// - Precondition: there is at least one positive and one negative, and `rocAUC` lies in 0…1.
  public init(count: Int, prevalence: Double, rocAUC: Double) {
    positives = Int((Double(count) * prevalence).rounded())
    negatives = count - positives
    self.rocAUC = rocAUC
    require(
      positives > 0 && negatives > 0 && (0...1).contains(rocAUC),
      "ScoreSampler: expected a positive, a negative and an AUROC in 0…1, "
        + "got \(positives), \(negatives) and \(rocAUC)")
  }

  /// Draws scores in 0…1.
  ///
  /// - Parameter generator: Where the randomness comes from.
  /// - Returns: Scores of the positives, rising, shape `[n₁]`, and of the negatives, `[n₀]`.
  public func sample(
    using generator: inout some RandomNumberGenerator
  ) -> (positives: [Double], negatives: [Double]) {
    let raised = (0..<positives).map { _ in generator.uniform() }.sorted()
    let edges = [0] + raised + [1]
    let negatives = (0..<negatives).map { _ in
      let below = (0..<positives).count { _ in generator.uniform() >= rocAUC }
      return edges[below] + (edges[below + 1] - edges[below]) * generator.uniform()
    }
    return (raised, negatives)
  }
}
