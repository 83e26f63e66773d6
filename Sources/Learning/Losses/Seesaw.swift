public import Batches
import Requirements
public import Sampling
public import Torch

/// Seesaw loss: cross-entropy in which a class y pushes another class c down by S_yc = M_yc · C_yc only,
/// ℓ = −log( e^{z_y} / (e^{z_y} + Σ_{c≠y} S_yc e^{z_c}) ).
///
/// M_yc = min(1, (N_c / N_y)^p) spares rarer classes; N counts the labels seen so far in training, from 1.
/// C_yc = max(1, (σ_c / σ_y)^q) makes up for it where c is mistaken for y; σ is the softmax, without
/// gradient, and σ_y at least 0.01. p = q = 0 is cross-entropy.
///
/// Source: Wang et al., "Seesaw Loss for Long-Tailed Instance Segmentation", CVPR 2021.
public struct Seesaw: Loss, Equatable {
  /// p, at least 0.
  public let p: Double
  /// q, at least 0.
  public let q: Double

  /// - Parameters:
  ///   - p: how far rarer classes are spared, at least 0.
  ///   - q: how far mistakes make up for it, at least 0.
  /// - Precondition: both are at least 0 and finite.
  public init(p: Double = 0.8, q: Double = 2) {
    require(
      p >= 0 && q >= 0 && p.isFinite && q.isFinite,
      "Seesaw: expected p and q of at least 0, got \(p) and \(q)")
    (self.p, self.q) = (p, q)
  }

  /// `counts`, `[C]`, float64: 1 of each class.
  public func memory(for classes: ClassCounts) -> Memory {
    Memory(["counts": Tensor.ones([classes.count], dtype: .float64)])
  }

  /// Adds the label mass of the batch, class by class.
  public func observe(_ target: Target, remembering memory: inout Memory) {
    let counts = memory["counts"]
    let mass = target.massPerClass(counts.count)
    memory["counts"] = counts + Tensor(mass, shape: [mass.count]).moved(to: counts.device)
  }

  /// −log softmax(z + ln S_y)_y, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`; `state` has the memory of C classes.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let sparing = withoutGradients { factors(logits.detached(), labels, state.memory["counts"]) }
    return CrossEntropy().perExample(logits + sparing, labels, state)
  }

  /// ln S_yc, `[N, C]`; 0 at c = y.
  private func factors(_ logits: Tensor, _ labels: [Int], _ counts: Tensor) -> Tensor {
    require(
      counts.count == logits.shape[1] && labels.allSatisfy { (0..<counts.count).contains($0) },
      "Seesaw: expected labels of \(counts.count) classes, got \(labels) for \(logits.shape)")
    let seen = counts.log().unsqueezed(0)
    let probabilities = logits.softmax(dim: 1)
    let rows = Tensor(labels.map(Int64.init), shape: [labels.count, 1]).moved(to: logits.device)
    let own = probabilities.gathered(dim: 1, rows).maximum(
      Tensor(0.01).to(logits.dtype).moved(to: logits.device))
    let ratio = (probabilities / own).maximum(
      Tensor(1.0).to(logits.dtype).moved(to: logits.device))
    let mitigation = (seen - seen.expanded(to: logits.shape).gathered(dim: 1, rows)) * p
    return mitigation.minimum(Tensor(0.0).moved(to: logits.device)).to(logits.dtype)
      + ratio.log() * q
  }
}
