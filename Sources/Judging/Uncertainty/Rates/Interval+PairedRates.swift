public import Evaluation
import Requirements

extension Interval {
  /// Newcombe's score interval of the difference of two rates of the same examples, second minus first.
  ///
  /// With `p₁`, `p₂` the rates and `l`, `u` the ends of Wilson's intervals of each, its lower end is
  /// `p₂ − p₁ − √((p₂−l₂)² − 2φ(p₂−l₂)(u₁−p₁) + (u₁−p₁)²)`, and the upper one its mirror. `φ` is the
  /// correlation of the two, corrected for continuity, 0 where a margin is empty. It keeps a width where a
  /// bootstrap has none: when one model is always right and the other always wrong.
  ///
  /// Source: Newcombe, "Improved confidence intervals for the difference between binomial proportions based
  /// on paired data", Statistics in Medicine 17, 1998, method 10.
  ///
  /// - Parameters:
  ///   - both: Examples that both decide rightly, at least 0, as all that follow.
  ///   - onlyFirst: Those that only the first does.
  ///   - onlySecond: Those that only the second does.
  ///   - neither: Those that neither does.
  ///   - level: Coverage, between 0 and 1.
  /// - Returns: `nil` without any example.
  /// - Precondition: Counts and level are in range.
  public static func newcombe(
    both: Double, onlyFirst: Double, onlySecond: Double, neither: Double, level: Double = 0.95
  ) -> Interval? {
    let counts = [both, onlyFirst, onlySecond, neither]
    require(
      counts.allSatisfy { $0 >= 0 } && level > 0 && level < 1,
      "Interval.newcombe: expected counts of at least 0 and a level between 0 and 1, got \(counts)"
        + " and \(level)")
    let n = counts.reduce(0, +)
    let (first, second) = ((both + onlyFirst) / n, (both + onlySecond) / n)
    guard let one = wilson(both + onlyFirst, of: n, level: level),
      let two = wilson(both + onlySecond, of: n, level: level)
    else { return nil }
    let correlation = pairedCorrelation(both, onlyFirst, onlySecond, neither)
    func reach(_ a: Double, _ b: Double) -> Double {
      max(0, a * a - 2 * correlation * a * b + b * b).squareRoot()
    }
    let difference = second - first
    return Interval(
      low: max(-1, difference - reach(second - two.low, one.high - first)),
      high: min(1, difference + reach(two.high - second, first - one.low)), level: level)
  }

  private static func pairedCorrelation(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double
  ) -> Double {
    let margins = (a + b) * (c + d) * (a + c) * (b + d)
    guard margins > 0 else { return 0 }
    let (product, half) = (a * d - b * c, (a + b + c + d) / 2)
    let corrected = product > half ? product - half : min(product, 0)
    return corrected / margins.squareRoot()
  }
}
