import Evaluation
import Uncertainty

/// A quantity with the ends of its interval.
struct Estimated {
  var value: Double
  var low: Double
  var high: Double

  /// Σ wᵢ·xᵢ of independent quantities, wᵢ ≥ 0: distances to the ends add in squares (MOVER).
  ///
  /// Source: Zou and Donner, "Construction of confidence limits about effect measures: a general
  /// approach", Statistics in Medicine 27, 2008.
  init(sum parts: [(weight: Double, part: Estimated)]) {
    value = parts.reduce(0) { $0 + $1.weight * $1.part.value }
    func reach(_ distance: (Estimated) -> Double) -> Double {
      parts.reduce(0.0) { sum, term in
        let length = term.weight * distance(term.part)
        return sum + length * length
      }.squareRoot()
    }
    low = value - reach { $0.value - $0.low }
    high = value + reach { $0.high - $0.value }
  }

  /// The rate of `successes` in `trials`, at least one, with Wilson's interval.
  init(_ successes: Int, of trials: Int, level: Double) {
    let rate = Double(successes) / Double(max(trials, 1))
    let interval = Interval.wilson(successes, of: trials, level: level)
    (value, low, high) = (rate, interval?.low ?? 0, interval?.high ?? 1)
  }

  /// The rate of flags, at least one, with Wilson's interval for groups.
  init(_ flags: [Bool], groups: [String]?, level: Double) {
    let rate = Double(flags.count { $0 }) / Double(max(flags.count, 1))
    let interval = Interval.wilson(flags, groups: groups, level: level)
    (value, low, high) = (rate, interval?.low ?? 0, interval?.high ?? 1)
  }

  /// The interval of a/(a + b) for independent a, b ≥ 0, not both 0, by MOVER for the ratio a/b.
  ///
  /// It stays defined where a or b is 0, unlike an interval of logarithms.
  ///
  /// Source: Donner and Zou, "Closed-form confidence intervals for functions of the normal mean and
  /// standard deviation", Statistical Methods in Medical Research 21, 2012.
  static func share(of a: Estimated, beside b: Estimated, level: Double) -> Interval {
    let product = a.value * b.value
    func root(_ first: Double, _ second: Double) -> Double {
      let rest = first * second * (2 * a.value - first) * (2 * b.value - second)
      return max(product * product - rest, 0).squareRoot()
    }
    // The lower end by its conjugate, which loses nothing where 2b is near the upper end of b.
    let lowest = a.low * (2 * a.value - a.low) / (product + root(a.low, b.high))
    let highest = (product + root(a.high, b.low)) / (b.low * (2 * b.value - b.low))
    let low = lowest.isFinite ? lowest : 0
    return Interval(
      low: low / (1 + low), high: highest.isFinite ? highest / (1 + highest) : 1, level: level)
  }
}
