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
  public static func newcombe(
    both: Double, onlyFirst: Double, onlySecond: Double, neither: Double, level: Double = 0.95
  ) -> Interval? {
    let counts = [both, onlyFirst, onlySecond, neither]
    require(
      counts.allSatisfy { $0 >= 0 } && level > 0 && level < 1,
      "Interval.newcombe: expected counts of at least 0 and a level between 0 and 1, got \(counts)"
        + " and \(level)")
    let n = counts.reduce(0, +)
    guard n > 0 else { return nil }
    let (first, second) = ((both + onlyFirst) / n, (both + onlySecond) / n)
    let z = normalQuantile((1 + level) / 2)
    let (one, two) = (wilsonEnds(first, n, z), wilsonEnds(second, n, z))
    let correlation = pairedCorrelation(both, onlyFirst, onlySecond, neither)
    func reach(_ a: Double, _ b: Double) -> Double {
      max(0, a * a - 2 * correlation * a * b + b * b).squareRoot()
    }
    let difference = second - first
    return Interval(
      low: max(-1, difference - reach(second - two.low, one.high - first)),
      high: min(1, difference + reach(two.high - second, first - one.low)), level: level)
  }

  /// Wilson's interval of a rate of `n` examples, where `n` need not be whole.
  private static func wilsonEnds(
    _ rate: Double, _ n: Double, _ z: Double
  ) -> (low: Double, high: Double) {
    let middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    let reach =
      z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    return (max(0, middle - reach), min(1, middle + reach))
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
