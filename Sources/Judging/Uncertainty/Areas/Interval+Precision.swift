public import Evaluation
import Foundation
import Requirements

extension Interval {
  /// The logit interval of an average precision, from its value and the number of positives alone; `nil` without
  /// positives.
  ///
  /// `logit A ± z / √(m A (1 − A))`, turned back. Where the value is 0 or 1 it is Wilson's interval of that many
  /// positives, which has the same variance.
  ///
  /// Source: Boyd, Eng and Page, "Area under the precision-recall curve: point estimates and confidence
  /// intervals", ECML PKDD 2013, section 4.2.
  ///
  /// - Parameters:
  ///   - value: `A`, 0…1.
  ///   - positives: `m`, at least 0.
  ///   - level: Coverage, between 0 and 1, both excluded.
  /// - Precondition: `value` lies in 0…1, the count is not negative, `level` is strictly between 0 and 1.
  public static func averagePrecision(
    _ value: Double, positives: Int, level: Double = 0.95
  ) -> Interval? {
    require(
      value >= 0 && value <= 1 && positives >= 0 && level > 0 && level < 1,
      "Interval.averagePrecision: expected a value in 0...1, a count and a level between 0 and 1, got"
        + " \(value), \(positives) and \(level)")
    guard positives > 0 else { return nil }
    guard value > 0, value < 1 else {
      return wilson(value == 0 ? 0 : positives, of: positives, level: level)
    }
    let half =
      normalQuantile((1 + level) / 2) / (Double(positives) * value * (1 - value)).squareRoot()
    let centre = log(value / (1 - value))
    return Interval(
      low: 1 / (1 + exp(half - centre)), high: 1 / (1 + exp(-half - centre)), level: level)
  }
}
