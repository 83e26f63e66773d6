public import Batches
import Foundation
import Requirements
public import Sampling
public import Torch

/// Cross-entropy whose labels are smoothed by a part η_y of their class: q = (1 − η_y) [c = y] + η_y / C.
public struct SmoothedCrossEntropy: Loss, Equatable {
  /// η, `[C]`, in `0..<1`.
  public let smoothing: [Double]

  /// - Parameter smoothing: the part of the label of each class that is spread over all of them, `[C]`, in `0..<1`.
  /// - Precondition: all are in range.
  public init(_ smoothing: [Double]) {
    require(
      smoothing.allSatisfy((0..<1).contains),
      "SmoothedCrossEntropy: expected parts in 0..<1, got \(smoothing)")
    self.smoothing = smoothing
  }

  /// −(1 − η_y) log p_y − η_y mean_c log p_c, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    mixed(logits, Target(labels), state)
  }

  /// −Σ_c q_c log p_c over the soft target q, each of its classes smoothed by its own part, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N rows of target, labels in `0..<C`.
  public func mixed(_ logits: Tensor, _ target: Target, _ state: LossState) -> Tensor {
    require(
      smoothing.count == logits.shape[1],
      "SmoothedCrossEntropy: expected \(logits.shape[1]) parts, one a class, got \(smoothing.count)"
    )
    let η = Tensor(smoothing, shape: [1, smoothing.count]).to(logits.dtype).moved(to: logits.device)
    let hard = target.dense(classes: smoothing.count, on: logits.device).to(logits.dtype)
    let spread = (hard * η).sum(dims: [1], keepDims: true) / Double(smoothing.count)
    return -((hard * (1 - η) + spread) * logits.logSoftmax(dim: 1)).sum(dims: [1])
  }
}

extension AdjustedCrossEntropy {
  /// Label-aware smoothing: cross-entropy whose labels are smoothed by η_y, more for common classes, of which a network
  /// is too sure: η_c = η_tail + (η_head − η_tail) sin(π/2 · (n_c − n_min) / (n_max − n_min)).
  ///
  /// Both parts 0 is cross-entropy; equal parts are plain label smoothing. Where all classes are of equal size all have
  /// η_head. Source: Zhong, Cui, Liu, Jia, "Improving Calibration for Long-Tailed Recognition", CVPR 2021 (MiSLAS), the
  /// concave form. Departs from the paper: it spreads η over the C − 1 other classes; its code, like this, over all C.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - head: η_head of the commonest class, in `0..<1`.
  ///   - tail: η_tail of the rarest class, in `0..<1`.
  /// - Precondition: both are in range.
  public static func labelAwareSmoothing(
    _ classes: ClassCounts, head: Double = 0.4, tail: Double = 0.1
  ) -> SmoothedCrossEntropy {
    let (least, most) = (Double(classes.rarest), Double(classes.commonest))
    return SmoothedCrossEntropy(
      classes.counts.map { count in
        let place = most > least ? (Double(count) - least) / (most - least) : 1
        return tail + (head - tail) * Foundation.sin(.pi / 2 * place)
      })
  }
}
