import Foundation
import Requirements
public import Sampling

/// How much a row of each class counts, and from when on.
///
/// Weights are scaled so that they sum to C: a balanced set has weights of 1.
public struct ClassWeights: Sendable, Equatable {
  /// Weight of each class, `[C]`; above 0, sum C.
  public let values: [Double]
  /// Part of the stage after which they hold, in `0...1`; all rows count alike before.
  public var start: Double

  /// Weights in given proportions.
  ///
  /// - Parameters:
  ///   - values: proportions, `[C]`, above 0 and finite.
  ///   - start: part of the stage after which they hold, in `0...1`.
  /// - Precondition: both are in range.
  public init(_ values: [Double], start: Double = 0) {
    require(
      !values.isEmpty && values.allSatisfy { $0 > 0 && $0.isFinite } && (0...1).contains(start),
      "ClassWeights: expected weights above 0 and a start in 0...1, got \(values) and \(start)")
    let scale = Double(values.count) / values.reduce(0, +)
    self.values = values.map { $0 * scale }
    self.start = start
  }

  /// A power of the inverse of the counts, n^−p: p = 0 weighs all alike, p = 1 gives every class the same weight in
  /// all its rows together.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - power: p, at least 0.
  ///   - start: part of the stage after which they hold, in `0...1`.
  /// - Precondition: `power` is at least 0 and finite.
  public static func inverse(
    _ classes: ClassCounts, power: Double = 1, start: Double = 0
  ) -> ClassWeights {
    require(
      power >= 0 && power.isFinite,
      "ClassWeights.inverse: expected a power of at least 0, got \(power)")
    var values = classes.counts.map { Foundation.pow(Double($0), -power) }
    if values.contains(where: { $0 < .leastNormalMagnitude }) {
      // Powers that no number can hold, in parts of the largest of them; a weight stays above 0.
      values = classes.counts.map {
        max(Foundation.pow(Double($0) / Double(classes.rarest), -power), .leastNormalMagnitude)
      }
    }
    return ClassWeights(values, start: start)
  }

  /// Inverse of the effective number of examples, (1 − β) / (1 − β^n): β = 0 weighs all alike, β → 1 as
  /// 1 / n.
  ///
  /// Source: Cui, Jia, Lin, Song, Belongie, "Class-Balanced Loss Based on Effective Number of Samples",
  /// CVPR 2019.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - beta: β, in `0..<1`.
  ///   - start: part of the stage after which they hold, in `0...1`: deferred re-weighting (Cao et al.,
  ///     NeurIPS 2019).
  /// - Precondition: `beta` is in `0..<1`.
  public static func effectiveNumber(
    _ classes: ClassCounts, beta: Double, start: Double = 0
  ) -> ClassWeights {
    require(
      (0..<1).contains(beta), "ClassWeights.effectiveNumber: expected β in 0..<1, got \(beta)")
    return ClassWeights(
      classes.counts.map { (1 - beta) / (1 - Foundation.pow(beta, Double($0))) }, start: start)
  }

  /// The weights, once they hold.
  ///
  /// - Parameter elapsed: part of the stage that is over, in `0..<1`.
  /// - Returns: `[C]`; `nil` before.
  public func values(after elapsed: Double) -> [Double]? {
    // Epoch 160 of 200 is .8 of the stage but for the last digit.
    elapsed >= start - 1e-9 ? values : nil
  }
}
