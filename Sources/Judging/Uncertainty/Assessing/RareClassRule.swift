import Evaluation

/// How areas of a class against the rest, and mean recalls, get their intervals where images are independent: the whole
/// table.
///
/// | number | positives and negatives | interval | source |
/// |---|---|---|---|
/// | AUROC | fewer than 100 of either | the longer of `delong` and `area-score` | DeLong 1988; Newcombe 2006 |
/// | AUROC | 100 or more of both | `delong` | |
/// | average precision | fewer than 20 positives | the longer of the bootstrap's and `precision-logit` | Boyd 2013 |
/// | average precision | 20 or more | the bootstrap's | |
/// | mean recall of more than two classes | Σ 1/n_c above 1, of n_c images of class c | the longer of the bootstrap's and `adjusted-wald` | Agresti and Caffo 2000 |
///
/// DeLong's has Welch's degrees of freedom. With few positives alone it is too short near 1, where hardly any
/// negative is above a positive, and Newcombe's is too short where positives spread more than negatives: the
/// longer of both holds in either. It is too long where positives spread less. A mean recall of 20 classes of 10 images
/// was held by the bootstrap's in 90 of 100 samples, for a few images that are all right are so in every resample; the
/// longer of both is too long where nearly all is right. Where groups are resampled all is the
/// bootstrap's. Of means over classes see ``SilenceRule``. Measured in `Results/coverage.md`.
package enum RareClassRule {
  /// From so many positives and negatives on an AUROC has DeLong's interval.
  static let enoughForArea = 100
  /// From so many positives on an average precision has the bootstrap's interval.
  static let enoughForPrecision = 20
  /// Up to this Σ 1/n_c a mean recall has the bootstrap's interval.
  static let mostOfRecalls = 1.0

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

  /// Σ 1/n_c: how much of what is known of the classes rests on few images.
  ///
  /// - Parameter examples: Number of examples of each class that occurs, at least 1, `[C]`.
  static func rarity(_ examples: [Int]) -> Double {
    examples.reduce(0) { $0 + 1 / Double($1) }
  }

  /// The interval of a mean recall of more than two classes.
  ///
  /// - Parameters:
  ///   - recalls: Right and all examples of each class that occurs, `[C]`.
  ///   - bootstrap: What the resamples give; `nil` where they are silent.
  ///   - level: Coverage.
  static func meanRecall(
    _ recalls: [(successes: Int, trials: Int)], bootstrap: MetricInterval?, level: Double
  ) -> MetricInterval? {
    guard let bootstrap, rarity(recalls.map(\.trials)) > mostOfRecalls,
      let adjusted = Interval.meanRateAdjusted(recalls, level: level)
    else { return bootstrap }
    return longer(bootstrap, MetricInterval(adjusted, method: .adjustedWald))
  }

  private static func longer(_ first: MetricInterval, _ second: MetricInterval?) -> MetricInterval {
    guard let second, second.high - second.low > first.high - first.low else { return first }
    return second
  }
}
