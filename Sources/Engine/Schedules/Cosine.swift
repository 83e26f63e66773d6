import Foundation
import Requirements

/// Half a cosine, from 1 down to the floor: floor + (1 − floor) (1 + cos πt) / 2 at progress t.
///
/// Source: Loshchilov, Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017,
/// eq. 5, without restarts; the values are those of `torch.optim.lr_scheduler.CosineAnnealingLR`.
public struct Cosine: Schedule, Equatable {
  /// Factor at the end, in `0...1`.
  public let floor: Double

  /// - Parameter floor: factor at the end, in `0...1`.
  /// - Precondition: `floor` is in `0...1`.
  public init(floor: Double = 0) {
    require(
      (0...1).contains(floor), "Cosine: expected a floor between 0 and 1, got \(floor)")
    self.floor = floor
  }

  /// 1 at progress 0, `floor` at progress 1.
  public func callAsFunction(_ progress: Double) -> Double {
    let t = min(max(progress, 0), 1)
    return floor + (1 - floor) * (1 + cos(.pi * t)) / 2
  }
}
