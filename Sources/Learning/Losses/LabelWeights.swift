import Foundation
import Requirements
public import Sampling

/// How much it counts that a label is there, and that it is not, label by label.
///
/// A label and its absence are two classes, so the rules are those of ``ClassWeights`` for two; each label's weights are then
/// scaled so that their mean over the training entries in which it is known is 1: n w⁺ + m w⁻ = n + m. A rare label
/// so weighs as much among the labels as without weights.
public struct LabelWeights: Sendable, Equatable {
  /// w⁺, of each label where it is there, `[L]`.
  public let present: [Double]
  /// w⁻, of each label where it is not, `[L]`.
  public let absent: [Double]

  /// Given weights.
  ///
  /// - Parameters:
  ///   - present: w⁺, `[L]`, above 0 and finite.
  ///   - absent: w⁻, `[L]`, above 0 and finite.
  /// - Precondition: both are as long, and in range.
  public init(present: [Double], absent: [Double]) {
    require(
      present.count == absent.count && (present + absent).allSatisfy { $0 > 0 && $0.isFinite },
      "LabelWeights: expected two weights above 0 a label, got \(present) and \(absent)")
    (self.present, self.absent) = (present, absent)
  }

  /// A power of the inverse of the counts: w⁺ ∝ n^−p, w⁻ ∝ m^−p. At p = 1 half of each label's weight is on the examples that
  /// have it, w⁺ = (n + m) / 2n; the ratio w⁺ / w⁻ = m / n is the usual `pos_weight`.
  ///
  /// - Parameters:
  ///   - table: labels of the training set, each there at least once and not there at least once.
  ///   - power: p, at least 0; 0 weighs nothing.
  /// - Precondition: each label is there in some row and not there in another.
  public static func inverse(_ table: LabelTable, power: Double = 1) -> LabelWeights {
    of(table) { count, fewer in
      let weight = Foundation.pow(count, -power)
      // Of powers near the end of what a number can hold: in parts of the rarer one's, above 0.
      guard Foundation.pow(fewer, -power) < 1e-290 else {
        return max(weight, .leastNormalMagnitude)
      }
      return max(Foundation.pow(count / fewer, -power), .leastNormalMagnitude)
    }
  }

  /// Inverse of the effective number of examples, ∝ (1 − β) / (1 − β^n).
  ///
  /// Source: Cui, Jia, Lin, Song, Belongie, "Class-Balanced Loss Based on Effective Number of Samples", CVPR 2019.
  ///
  /// - Parameters:
  ///   - table: labels of the training set, each there at least once and not there at least once.
  ///   - beta: β, in `0..<1`; 0 weighs nothing.
  /// - Precondition: each label is there in some row and not there in another.
  public static func effectiveNumber(_ table: LabelTable, beta: Double) -> LabelWeights {
    of(table) { count, _ in (1 - beta) / (1 - Foundation.pow(beta, count)) }
  }

  /// - Parameter weight: of so many rows, where the rarer of the two, there or not there, has so many.
  private static func of(
    _ table: LabelTable, _ weight: (_ count: Double, _ fewer: Double) -> Double
  ) -> LabelWeights {
    let pairs = zip(table.present, table.absent).map { n, m -> (Double, Double) in
      require(
        n > 0 && m > 0, "LabelWeights: expected a label that is there and not there, got \(n), \(m)"
      )
      let (n, m) = (Double(n), Double(m))
      let (there, not) = (weight(n, min(n, m)), weight(m, min(n, m)))
      let scale = (n + m) / (n * there + m * not)
      return (there * scale, not * scale)
    }
    return LabelWeights(present: pairs.map(\.0), absent: pairs.map(\.1))
  }
}
