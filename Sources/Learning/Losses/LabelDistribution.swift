public import Batches
import Foundation
import Requirements
public import Sampling
public import Torch

/// LADER: makes each logit the log-ratio of p(x | y) to p(x) under balanced classes, by the regularised Donsker-Varadhan
/// bound:
///
/// ```text
/// L = −Σ_c π_c ( mean_{i : y_i = c} z_ic − T_c − λ T_c² ),   T_c = log mean_i exp(z_ic − ln π_c − ln C)
/// ```
///
/// The means are over the batch, a mixed row counting by the weights of its labels; a class that the batch lacks has a
/// first mean of 0. Logits that are such ratios fit any prior of the classes: ln of the prior is added to them.
///
/// Source: Hong, Han, Choi, Seo, Kim, Chang, "Disentangling Label Distribution for Long-Tailed Visual Recognition", CVPR
/// 2021; signs and the mean of an absent class are those of its code.
public struct LabelDistribution: BatchTerm, Equatable {
  /// π, `[C]`.
  public let priors: [Double]
  /// λ of the regularisation, at least 0.
  public let lambda: Double

  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - lambda: λ of the regularisation, at least 0.
  /// - Precondition: `lambda` is in range.
  public init(_ classes: ClassCounts, lambda: Double = 0.1) {
    require(
      lambda >= 0 && lambda.isFinite, "LabelDistribution: expected λ of at least 0, got \(lambda)")
    (priors, self.lambda) = (classes.priors, lambda)
  }

  /// Of each row what it has in the first means, and an equal part of the rest; `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N rows of target, labels in `0..<C`.
  public func callAsFunction(
    _ logits: Tensor, _ target: Target, _ state: LossState
  ) -> RowValues {
    let logits = logits.dtype == .float64 ? logits : logits.to(.float32)
    require(
      logits.rank == 2 && logits.shape[1] == priors.count && logits.shape[0] == target.count,
      "LabelDistribution: expected logits [\(target.count), \(priors.count)], got \(logits.shape)")
    func tensor(_ values: [Double], _ shape: [Int]) -> Tensor {
      Tensor(values, shape: shape).to(logits.dtype).moved(to: logits.device)
    }
    let known = target.known
    let count = Double(known.count { $0 })
    guard count > 0 else { return RowValues((logits * 0).sum(dims: [1]), denominator: 0) }
    let mass = target.massPerClass(priors.count)
    let pull = zip(priors, mass).map { $1 > 0 ? count * $0 / $1 : 0 }
    let first =
      target.dense(classes: priors.count, on: logits.device).to(logits.dtype)
      * tensor(pull, [1, priors.count])
    let shift = priors.map { -Foundation.log($0 * Double(priors.count)) }
    // Far below any logit, and finite.
    let hidden = tensor(known.map { $0 ? 0 : -1e9 }, [target.count, 1])
    let spread =
      (logits + tensor(shift, [1, priors.count]) + hidden).logSumExp(dim: 0)
      - Foundation.log(count)
    let bound = ((spread + spread.square() * lambda) * tensor(priors, [priors.count])).sum()
    let part = tensor(known.map { $0 ? 1 : 0 }, [target.count])
    return RowValues(part * bound - (first * logits).sum(dims: [1]), denominator: count)
  }
}
