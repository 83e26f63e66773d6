import Foundation
import Requirements

/// The rate falls by a factor at given moments: γ^k after the k-th milestone.
///
/// The values are those of `torch.optim.lr_scheduler.MultiStepLR` and `StepLR`, with moments as
/// parts of the run instead of epochs.
public struct Step: Schedule, Equatable {
  /// Moments of the falls, `[M]`, ascending, each in `0...1`.
  public let milestones: [Double]
  /// What each fall multiplies the rate by, γ; in `0...1`.
  public let gamma: Double

  /// - Parameters:
  ///   - milestones: parts of the run after which the rate falls, `[M]`, in any order, each in
  ///     `0...1`.
  ///   - gamma: what each fall multiplies the rate by, in `0...1`.
  /// - Precondition: all are within `0...1`.
  public init(milestones: [Double], gamma: Double = 0.1) {
    require(
      milestones.allSatisfy((0...1).contains),
      "Step: expected milestones between 0 and 1, got \(milestones)")
    require((0...1).contains(gamma), "Step: expected a gamma between 0 and 1, got \(gamma)")
    (self.milestones, self.gamma) = (milestones.sorted(), gamma)
  }

  /// A fall at every multiple of `fraction` before the end of the run.
  ///
  /// - Parameters:
  ///   - fraction: part of the run between two falls, above 0 and at most 1.
  ///   - gamma: what each fall multiplies the rate by, in `0...1`.
  /// - Precondition: `fraction` is in `0.0001...1`, `gamma` in `0...1`.
  public init(every fraction: Double, gamma: Double = 0.1) {
    require(
      (0.0001...1).contains(fraction),
      "Step: expected a fraction of the run between 0.0001 and 1, got \(fraction)")
    let falls = Int(1 / fraction + roundingSlack)
    let milestones = (1...falls).map { min(Double($0) * fraction, 1) }
    self.init(milestones: milestones.filter { $0 < 1 - roundingSlack }, gamma: gamma)
  }

  /// γ to the number of milestones reached.
  public func callAsFunction(_ progress: Double) -> Double {
    pow(gamma, Double(milestones.count { $0 <= progress + roundingSlack }))
  }
}
