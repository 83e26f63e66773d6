import Evaluation
import Parallel

/// The threshold metrics of a set of predictions.
struct ThresholdRules {
  /// With fewer positives than this no specificity at a sensitivity has an interval.
  private static let fewestPositives = 10

  private let rankings: [ScoreRanking]
  private let resampled: [[Double]]
  private let isClustered: Bool
  /// Whether a class is in enough groups, or among enough images, `[C]`.
  private let hasEnough: [Bool]
  private let settings: IntervalSettings

  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - rows: Rows with truth, those of `evidence`.
  ///   - evidence: The same, as resampling wants it.
  ///   - settings: How intervals are made.
  init(
    _ predictions: Predictions, rows: [Int], evidence: ResampledPredictions,
    settings: IntervalSettings
  ) {
    let (width, truths) = (predictions.classes.count, evidence.table.truths)
    let rankings = inParallel(width, threads: settings.threads) { index in
      var (positives, negatives): ([Double], [Double]) = ([], [])
      for (row, truth) in zip(rows, truths) {
        let score = predictions.probabilities[row * width + index]
        if truth == index { positives.append(score) } else { negatives.append(score) }
      }
      return ScoreRanking(positives: positives, negatives: negatives)
    }
    self.rankings = rankings
    self.settings = settings
    isClustered = evidence.plan.isClustered
    let plan = evidence.plan
    hasEnough = (0..<width).map { index in
      plan.units >= Replicates.fewestUnits
        && (!plan.isClustered || evidence.groups(with: index) >= Replicates.fewestUnits)
    }
    resampled =
      rows.isEmpty
      ? []
      : ThresholdReplicates(evidence.table, rankings: rankings).resampled(
        evidence.plan, resamples: settings.resamples,
        key: settings.key, threads: settings.threads)
  }

  /// Of a class.
  func metrics(of index: Int, name: String) -> ThresholdMetrics {
    let (ranking, rates) = (rankings[index], ThresholdReplicates.rates)
    let first = index * ThresholdReplicates.count
    let tops = first + 2 * rates.count
    return ThresholdMetrics(
      name: name,
      sensitivityAtSpecificity: rates.enumerated().map { place, rate in
        let point = ranking.sensitivity(atSpecificity: rate)
        return self.rate(
          rate, point, point?.truePositives, of: ranking.positives, first + place)
      },
      specificityAtSensitivity: rates.enumerated().map { place, rate in
        let point = ranking.specificity(atSensitivity: rate)
        // Of fewer positives the threshold itself is hardly known.
        guard ranking.positives >= Self.fewestPositives else {
          return ThresholdPoint(
            rate, threshold: point?.threshold,
            value: point.map {
              Double($0.negatives - $0.falsePositives) / Double(ranking.negatives)
            }, interval: nil)
        }
        return self.rate(
          rate, point, point.map { $0.negatives - $0.falsePositives }, of: ranking.negatives,
          first + rates.count + place)
      },
      precisionAtTop: [top(ranking, ranking.positives, tops)]
        + (ranking.total < ThresholdReplicates.top
          ? [] : [top(ranking, ThresholdReplicates.top, tops + 1)]),
      netBenefit: ThresholdReplicates.actions.enumerated().map { place, threshold in
        let value = ranking.netBenefit(at: threshold)?.model
        return ThresholdPoint(
          threshold, threshold: threshold, value: value,
          interval: bootstrap(value, tops + 2 + place))
      })
  }

  private func rate(
    _ target: Double, _ point: ScoreRanking.Point?, _ successes: Int?, of trials: Int, _ place: Int
  ) -> ThresholdPoint {
    guard let point, let successes else {
      return ThresholdPoint(target, threshold: nil, value: nil, interval: nil)
    }
    let value = Double(successes) / Double(trials)
    let fixed =
      isClustered ? nil : settings.rates(successes, of: trials, level: settings.level)
    return ThresholdPoint(
      target, threshold: point.threshold, value: value,
      interval: bootstrap(value, place)
        ?? fixed.map {
          MetricInterval($0, method: settings.rates == .wilson ? .wilson : .clopperPearson)
        })
  }

  private func top(_ ranking: ScoreRanking, _ k: Int, _ place: Int) -> ThresholdPoint {
    let value = k == 0 ? nil : ranking.precision(atTop: k)
    let last = ranking.thresholds.indices.first {
      ranking.truePositives[$0] + ranking.falsePositives[$0] >= k
    }
    return ThresholdPoint(
      Double(k), threshold: last.map { ranking.thresholds[$0] }, value: value,
      interval: bootstrap(value, place))
  }

  private func bootstrap(_ value: Double?, _ place: Int) -> MetricInterval? {
    guard hasEnough[place / ThresholdReplicates.count] else { return nil }
    return value.flatMap {
      bootstrapInterval(
        estimate: $0, resampled: resampled.map { $0[place] }, acceleration: 0,
        method: .percentile, level: settings.level)
    }.flatMap { $0.low < $0.high ? $0 : nil }
  }
}
