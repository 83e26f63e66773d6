public import Evaluation
import Foundation
import Requirements

extension Interval {
  /// An interval of the mean of independent rates, as balanced accuracy is one of recalls.
  ///
  /// With `p_c` the `C` rates and `l_c`, `u_c` the ends of Wilson's intervals of each, the lower end is
  /// `p̄ − √Σ (p_c − l_c)² / C` and the upper one `p̄ + √Σ (u_c − p_c)² / C` (MOVER: the variance of each rate is recovered
  /// from its own interval, at the side where it is needed). For two rates: of many with few trials each the upper
  /// end would come too near.
  ///
  /// Source: Zou and Donner, "Construction of confidence limits about effect measures: a general approach", Statistics in
  /// Medicine 27, 2008; of two rates Newcombe, Statistics in Medicine 17, 1998.
  ///
  /// - Parameters:
  ///   - rates: Successes and trials of each, trials at least 1, `[C]`.
  ///   - level: Coverage, between 0 and 1.
  /// - Returns: `nil` without rates.
  /// - Precondition: successes lie in `0...trials`, trials are positive, and `level` lies strictly between 0 and 1.
  public static func meanRate(
    _ rates: [(successes: Int, trials: Int)], level: Double = 0.95
  ) -> Interval? {
    let parts = rates.compactMap { rate in
      wilson(rate.successes, of: rate.trials, level: level).map {
        (value: Double(rate.successes) / Double(rate.trials), ends: $0)
      }
    }
    guard !parts.isEmpty, parts.count == rates.count else { return nil }
    let count = Double(parts.count)
    let mean = parts.reduce(0) { $0 + $1.value } / count
    func root(_ distance: ((value: Double, ends: Interval)) -> Double) -> Double {
      parts.reduce(0) { $0 + distance($1) * distance($1) }.squareRoot() / count
    }
    return Interval(
      low: max(0, mean - root { $0.value - $0.ends.low }),
      high: min(1, mean + root { $0.ends.high - $0.value }), level: level)
  }

  /// The same of the geometric mean: of the mean of their logarithms.
  ///
  /// - Parameters:
  ///   - rates: Successes and trials of each, trials at least 1, `[C]`.
  ///   - level: Coverage, between 0 and 1.
  /// - Returns: `nil` without rates, and where one of them is 0, of which the logarithm says nothing.
  public static func geometricMeanRate(
    _ rates: [(successes: Int, trials: Int)], level: Double = 0.95
  ) -> Interval? {
    guard !rates.isEmpty, rates.allSatisfy({ $0.successes > 0 }) else { return nil }
    let parts = rates.compactMap { rate in
      wilson(rate.successes, of: rate.trials, level: level).map {
        (value: log(Double(rate.successes) / Double(rate.trials)), ends: $0)
      }
    }
    guard parts.count == rates.count else { return nil }
    let count = Double(parts.count)
    let mean = parts.reduce(0) { $0 + $1.value } / count
    func root(_ distance: ((value: Double, ends: Interval)) -> Double) -> Double {
      parts.reduce(0) { $0 + distance($1) * distance($1) }.squareRoot() / count
    }
    return Interval(
      low: exp(mean - root { $0.value - log($0.ends.low) }),
      high: min(1, exp(mean + root { log($0.ends.high) - $0.value })), level: level)
  }

  /// Interval of the mean p̄ of many rates, with a success and a failure more of each in its variance.
  ///
  /// Half of its width is `z √(Σ p̃_c (1 − p̃_c)/n_c) / C` with `p̃_c = (k_c + 1)/(n_c + 2)`, cut at 0 and 1: two examples that
  /// are both right do not show that all are, as each of their resamples would say.
  ///
  /// Source: Agresti and Caffo, "Simple and effective confidence intervals for proportions and differences of proportions
  /// result from adding two successes and two failures", The American Statistician 54, 2000, the added counts; here the
  /// mean itself stays in the middle and each variance has its n_c trials, for with many rates any shift adds up.
  ///
  /// - Parameters:
  ///   - rates: Successes k and trials n of each, trials at least 1, `[C]`.
  ///   - level: Coverage, between 0 and 1.
  /// - Returns: `nil` without rates.
  /// - Precondition: successes lie in `0...trials`, trials are positive, and `level` lies strictly between 0 and 1.
  public static func meanRateAdjusted(
    _ rates: [(successes: Int, trials: Int)], level: Double = 0.95
  ) -> Interval? {
    require(
      rates.allSatisfy { $0.trials > 0 && (0...$0.trials).contains($0.successes) } && level > 0
        && level < 1,
      "Interval.meanRateAdjusted: expected successes within the trials and a level between 0 and 1, got"
        + " \(rates) and \(level)")
    guard !rates.isEmpty else { return nil }
    let count = Double(rates.count)
    let mean = rates.reduce(0) { $0 + Double($1.successes) / Double($1.trials) } / count
    let variance = rates.reduce(0) { sum, rate in
      let p = Double(rate.successes + 1) / Double(rate.trials + 2)
      return sum + p * (1 - p) / Double(rate.trials)
    }
    let half = normalQuantile((1 + level) / 2) * variance.squareRoot() / count
    return Interval(low: max(0, mean - half), high: min(1, mean + half), level: level)
  }

  /// An interval of the difference of two models' mean rates on the same examples, second minus first, as balanced
  /// accuracy is a mean of recalls.
  ///
  /// Of class c with `n_c` examples let `f` be right by the first model alone and `s` by the second alone. The
  /// difference is the mean of `(s − f)/n_c`, and the variance of each of them that of one more discordance on either side,
  /// `v_c = (p_f + p_s − (p_s − p_f)²)/(n_c + 2)` with `p = (count + 1)/(n_c + 2)`: the half width is `z √Σ v_c / C`. Three
  /// examples of a class in which the models agree do not show that they always do, as all resamples of them would say.
  ///
  /// Source: Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on
  /// paired data", Journal of Educational and Behavioral Statistics 37, 2012, the variance, here of a sum over classes and
  /// about the difference itself.
  ///
  /// - Parameters:
  ///   - classes: Of each class its examples, at least 1, and those that the first and the second alone decide rightly, `[C]`.
  ///   - level: Coverage, between 0 and 1.
  /// - Returns: `nil` without classes.
  /// - Precondition: the counts are not negative, together at most `examples`, and `level` lies strictly between 0 and 1.
  public static func meanRateDifference(
    _ classes: [(examples: Int, onlyFirst: Int, onlySecond: Int)], level: Double = 0.95
  ) -> Interval? {
    require(
      classes.allSatisfy {
        $0.examples > 0 && $0.onlyFirst >= 0 && $0.onlySecond >= 0
          && $0.onlyFirst + $0.onlySecond <= $0.examples
      } && level > 0 && level < 1,
      "Interval.meanRateDifference: expected counts within the examples and a level between 0 and 1, got"
        + " \(classes) and \(level)")
    guard !classes.isEmpty else { return nil }
    let count = Double(classes.count)
    var (sum, variance) = (0.0, 0.0)
    for one in classes {
      let n = Double(one.examples) + 2
      let (first, second) = (Double(one.onlyFirst + 1) / n, Double(one.onlySecond + 1) / n)
      sum += Double(one.onlySecond - one.onlyFirst) / Double(one.examples)
      variance += (first + second - (second - first) * (second - first)) / n
    }
    let half = normalQuantile((1 + level) / 2) * variance.squareRoot() / count
    return Interval(
      low: max(-1, sum / count - half), high: min(1, sum / count + half), level: level)
  }
}
