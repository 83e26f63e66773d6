import Foundation
import Requirements
public import Sampling

extension AdjustedCrossEntropy {
  /// Label-aware smoothing: cross-entropy whose labels are smoothed by η_y, more for common classes, of which a network
  /// is too sure: η_c = η_tail + (η_head − η_tail) sin(π/2 · (n_c − n_min) / (n_max − n_min)).
  ///
  /// q = (1 − η_y) [c = y] + η_y / C. Both parts 0 is cross-entropy; equal parts are plain label smoothing. Where all
  /// classes are of equal size all have η_head.
  ///
  /// Source: Zhong, Cui, Liu, Jia, "Improving Calibration for Long-Tailed Recognition", CVPR 2021 (MiSLAS), the concave
  /// form, which it prefers. Departs from the paper: it spreads η over the C − 1 other classes; its code, like this,
  /// over all C.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - head: η_head of the commonest class, in `0..<1`.
  ///   - tail: η_tail of the rarest class, in `0..<1`.
  /// - Precondition: both are in range.
  public static func labelAwareSmoothing(
    _ classes: ClassCounts, head: Double = 0.4, tail: Double = 0.1
  ) -> AdjustedCrossEntropy {
    require(
      (0..<1).contains(head) && (0..<1).contains(tail),
      "labelAwareSmoothing: expected parts in 0..<1, got \(head) and \(tail)")
    let (least, most) = (Double(classes.rarest), Double(classes.commonest))
    var loss = AdjustedCrossEntropy()
    loss.smoothing = classes.counts.map { count in
      let place = most > least ? (Double(count) - least) / (most - least) : 1
      return tail + (head - tail) * Foundation.sin(.pi / 2 * place)
    }
    return loss
  }
}
