public import Evaluation
import Foundation
import Requirements

extension Interval {
  /// DeLong's interval of an AUROC, on the logit scale; `nil` without positives or negatives.
  ///
  /// `logit A ± z √var / (A (1 − A))`, turned back: it stays in 0…1, and near 1, where the
  /// distribution of the area is skewed, it is longer towards ½ as it should be. Where the variance is 0
  /// or undefined (perfect separation, a single positive) it says nothing about the uncertainty, and
  /// ``area(_:positives:negatives:level:)`` takes its place.
  ///
  /// Source: DeLong et al., Biometrics 44, 1988, on the scale of Pepe, "The statistical evaluation of
  /// medical tests for classification and prediction", 2003, section 5.2.4.
  ///
  /// - Parameters:
  ///   - positives: Scores of the positive examples, `[m]`.
  ///   - negatives: Scores of the negative examples, `[n]`.
  ///   - level: Coverage, between 0 and 1, both excluded.
  /// - Precondition: no score is NaN, and `level` lies strictly between 0 and 1.
  public static func deLong(
    positives: [Double], negatives: [Double], level: Double = 0.95
  ) -> Interval? {
    DeLong(positives: positives, negatives: negatives).flatMap { .deLong($0, level: level) }
  }

  /// DeLong's interval of an area taken apart, on the logit scale.
  ///
  /// - Parameters:
  ///   - parts: What each example contributes to the area.
  ///   - level: Coverage, between 0 and 1, both excluded.
  ///   - freedom: Degrees of freedom: Student's quantile takes the place of `z` where they are finite, at least 1.
  /// - Precondition: `level` lies strictly between 0 and 1.
  public static func deLong(
    _ parts: DeLong, level: Double = 0.95, freedom: Double = .infinity
  ) -> Interval? {
    require(
      level > 0 && level < 1, "Interval.deLong: expected a level between 0 and 1, got \(level)")
    let area = parts.area
    guard let variance = parts.variance, variance > 0, area > 0, area < 1 else {
      return .area(
        area, positives: parts.positiveParts.count, negatives: parts.negativeParts.count,
        level: level)
    }
    let quantile =
      freedom.isFinite
      ? studentQuantile((1 + level) / 2, freedom: freedom) : normalQuantile((1 + level) / 2)
    let half = quantile * variance.squareRoot() / (area * (1 - area))
    let centre = log(area / (1 - area))
    return Interval(
      low: 1 / (1 + exp(half - centre)), high: 1 / (1 + exp(-half - centre)), level: level)
  }

  /// An interval of an AUROC from the area and the two counts alone; `nil` without positives or
  /// negatives.
  ///
  /// Its ends are the areas `θ` with `(A − θ)² = z² V(θ)`, where
  /// `V(θ) = θ(1 − θ)/(mn) · (1 + N (1 − θ)/(2 − θ) + N θ/(1 + θ))` and `N = (m + n)/2 − 1`: a score
  /// interval as Wilson's, so it has a length even where every positive outscores every negative.
  ///
  /// Source: Newcombe, "Confidence intervals for an effect size measure based on the Mann–Whitney
  /// statistic. Part 2", Statistics in Medicine 25, 2006, method 5.
  ///
  /// - Parameters:
  ///   - area: `A`, 0…1.
  ///   - positives: `m`, at least 0.
  ///   - negatives: `n`, at least 0.
  ///   - level: Coverage, between 0 and 1, both excluded.
  /// - Precondition: `area` lies in 0…1, the counts are not negative, `level` is strictly between 0 and 1.
  public static func area(
    _ area: Double, positives: Int, negatives: Int, level: Double = 0.95
  ) -> Interval? {
    require(
      area >= 0 && area <= 1 && positives >= 0 && negatives >= 0,
      "Interval.area: expected an area in 0...1 and counts, got \(area), \(positives), \(negatives)"
    )
    require(
      level > 0 && level < 1, "Interval.area: expected a level between 0 and 1, got \(level)")
    guard positives > 0, negatives > 0 else { return nil }
    let z = normalQuantile((1 + level) / 2)
    let (m, n) = (Double(positives), Double(negatives))
    let pairs = (m + n) / 2 - 1
    func isWithin(_ t: Double) -> Bool {
      let variance = t * (1 - t) / (m * n) * (1 + pairs * ((1 - t) / (2 - t) + t / (1 + t)))
      return (area - t) * (area - t) <= z * z * variance
    }
    return Interval(
      low: end(outside: 0, inside: area, isWithin), high: end(outside: 1, inside: area, isWithin),
      level: level)
  }

  /// Where `isWithin` begins to hold between a point outside and one inside, by bisection.
  private static func end(
    outside: Double, inside: Double, _ isWithin: (Double) -> Bool
  ) -> Double {
    var (outside, inside) = (outside, inside)
    for _ in 0..<80 {
      let middle = (outside + inside) / 2
      if isWithin(middle) { inside = middle } else { outside = middle }
    }
    return (outside + inside) / 2
  }
}
