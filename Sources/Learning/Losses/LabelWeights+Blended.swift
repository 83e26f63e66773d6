import Foundation
import Requirements

extension LabelWeights {
  /// Inverse of the effective number of examples, of counts in which those of a label and those of all labels together are
  /// blended:
  ///
  /// ```text
  /// c_l = 1000 · (m_l, n_l) / (m_l + n_l),   g = 1000 · (M, N) / (M + N)
  /// b_l ∝ max(20, v c_l + (1 − v) g),  summing to 1000
  /// w ∝ (1 − β) / (1 − β^b),  w⁻ + w⁺ = 2
  /// ```
  ///
  /// At v = 0 all labels have the same two weights; at v = 1 each has its own, which for a rare one are so uneven that it is said
  /// of far too many. Of 980 and 20 the weights are as 1 to 46.7 at β = .9999.
  ///
  /// Source: Jung and Lee, "Learning Dense Hand Contact Estimation from Imbalanced Data", NeurIPS 2025. Departs from it: there w⁻ + w⁺
  /// is 1; here entries weigh 1 where there is no imbalance.
  ///
  /// - Parameters:
  ///   - present: n, examples that have each label, `[L]`.
  ///   - absent: m, examples known not to have it, `[L]`.
  ///   - blend: v, in `0...1`.
  ///   - beta: β, in `0..<1`; 0 weighs nothing.
  /// - Precondition: as many of both, every label is known of some example, and the numbers are in range.
  public static func blended(
    present: [Int], absent: [Int], blend: Double, beta: Double
  ) -> LabelWeights {
    require(
      present.count == absent.count
        && zip(present, absent).allSatisfy { $0 >= 0 && $1 >= 0 && $0 + $1 > 0 }
        && (0...1).contains(blend) && (0..<1).contains(beta),
      "LabelWeights.blended: expected two counts of each label, a blend in 0...1 and β in 0..<1, got \(present), \(absent),"
        + " \(blend) and \(beta)")
    let all = scaled(absent.reduce(0, +), present.reduce(0, +))
    let pairs = zip(absent, present).map { absent, present -> (Double, Double) in
      let own = scaled(absent, present)
      // Of a thousand none is counted for less than 20.
      let mixed = (
        max(20, blend * own.absent + (1 - blend) * all.absent),
        max(20, blend * own.present + (1 - blend) * all.present)
      )
      let scale = 1000 / (mixed.0 + mixed.1)
      let (not, there) = (
        effective(scale * mixed.0, beta), effective(scale * mixed.1, beta)
      )
      return (2 * not / (not + there), 2 * there / (not + there))
    }
    return LabelWeights(present: pairs.map(\.1), absent: pairs.map(\.0))
  }

  /// Counts as of a thousand.
  private static func scaled(_ absent: Int, _ present: Int) -> (absent: Double, present: Double) {
    let scale = 1000 / Double(absent + present)
    return (scale * Double(absent), scale * Double(present))
  }

  private static func effective(_ count: Double, _ beta: Double) -> Double {
    (1 - beta) / (1 - Foundation.pow(beta, count))
  }
}
