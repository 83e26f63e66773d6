import Evaluation

/// How the areas of a class against the rest get their intervals where images are independent: the whole table.
///
/// | area | positives and negatives | interval | source |
/// |---|---|---|---|
/// | AUROC | fewer than 100 of either | the longer of `delong` and `area-score` | DeLong 1988; Newcombe 2006 |
/// | AUROC | 100 or more of both | `delong` | |
/// | average precision | fewer than 20 positives | the longer of the bootstrap's and `precision-logit` | Boyd 2013 |
/// | average precision | 20 or more | the bootstrap's | |
/// | its mean over more than two classes | Σ 1/n_c above 3, of n_c positives | none | |
///
/// DeLong's has Welch's degrees of freedom. With few positives alone it is too short near 1, where hardly any
/// negative is above a positive, and Newcombe's is too short where positives spread more than negatives: the
/// longer of both holds in either. It is too long where positives spread less. The average precision of a few positives is
/// too high on average, in a resample more so; in the mean over many such classes the chance error becomes smaller
/// and that does not: with 50 classes of 10 images on average it holds the truth in 77 of 100 samples. Where groups are
/// resampled all is the bootstrap's. Measured in `Results/coverage.md`.
package enum RareClassRule {
  /// From so many positives and negatives on an AUROC has DeLong's interval.
  static let enoughForArea = 100
  /// From so many positives on an average precision has the bootstrap's interval.
  static let enoughForPrecision = 20
  /// Largest Σ 1/n_c at which a mean average precision has an interval: the bias of the mean is about as 1/n_c on average,
  /// its chance error as the root of that over the number of classes, so that the root of this sum is their ratio.
  static let mostOfMean = 3.0

  /// The interval of an AUROC; `nil` without positives or negatives.
  package static func area(_ parts: DeLong, level: Double) -> MetricInterval? {
    let (positives, negatives) = (parts.positiveParts.count, parts.negativeParts.count)
    let score = Interval.area(
      parts.area, positives: positives, negatives: negatives, level: level)
    // Where the variance says nothing (perfect separation, a single positive) DeLong's is the score interval.
    guard let freedom = parts.freedom, parts.area < 1, parts.area > 0,
      let deLong = Interval.deLong(parts, level: level, freedom: freedom)
    else { return score.map { MetricInterval($0, method: .areaScore) } }
    let own = MetricInterval(deLong, method: .deLong)
    guard min(positives, negatives) < enoughForArea else { return own }
    return longer(own, score.map { MetricInterval($0, method: .areaScore) })
  }

  /// The interval of an average precision.
  ///
  /// - Parameters:
  ///   - value: The average precision.
  ///   - positives: Number of positives.
  ///   - bootstrap: What the resamples give; `nil` where they are silent.
  ///   - level: Coverage.
  static func averagePrecision(
    _ value: Double?, positives: Int, bootstrap: MetricInterval?, level: Double
  ) -> MetricInterval? {
    guard let value, positives < enoughForPrecision, let bootstrap,
      let logit = Interval.averagePrecision(value, positives: positives, level: level)
    else { return bootstrap }
    return longer(bootstrap, MetricInterval(logit, method: .precisionLogit))
  }

  /// Whether a mean average precision over several classes has no interval.
  ///
  /// - Parameter positives: number of positives of each class that occurs.
  static func isSilentOnMean(positives: [Int]) -> Bool {
    positives.reduce(0) { $0 + 1 / Double(max(1, $1)) } > mostOfMean
  }

  private static func longer(_ first: MetricInterval, _ second: MetricInterval?) -> MetricInterval {
    guard let second, second.high - second.low > first.high - first.low else { return first }
    return second
  }
}
