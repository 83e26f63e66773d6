import Evaluation
import Foundation

/// Which interval each number of a report gets.
struct IntervalRules {
  private let report: MetricsReport
  private let evidence: ResampledPredictions
  private let settings: IntervalSettings
  private let areas: [MetricInterval?]
  private let silence: SilenceRule
  /// Number of groups of each class that occurs; `nil` of independent examples.
  private let groups: [Int]?

  init(report: MetricsReport, evidence: ResampledPredictions, settings: IntervalSettings) {
    self.report = report
    self.evidence = evidence
    self.settings = settings
    let isClustered = evidence.plan.isClustered
    silence = SilenceRule(
      report: report, hasFixedCounts: settings.counts == .fixed && !isClustered)
    groups =
      isClustered
      ? report.perClass.indices.filter { report.perClass[$0].support > 0 }.map(evidence.groups)
      : nil
    areas = evidence.areas.map { parts in
      parts.flatMap { RareClassRule.area($0, level: settings.level) }
    }
  }

  /// Interval of each metric by name.
  var metrics: [String: MetricInterval] {
    Dictionary(
      uniqueKeysWithValues: Metric.catalogue.enumerated().compactMap { place, metric in
        guard report[metric.name] != nil else { return nil }
        return interval(of: metric.name, place).map { (metric.name, $0) }
      })
  }

  /// Intervals of each class, `[C]`.
  var classes: [ClassIntervals] {
    report.perClass.enumerated().map { index, row in
      let all = ClassStatistic.allCases.compactMap { statistic in
        interval(of: statistic, row, index).map { (statistic, $0) }
      }
      return ClassIntervals(name: row.name, intervals: Dictionary(uniqueKeysWithValues: all))
    }
  }

  /// Right and all examples of each class that occurs, of a group by size in training if one is named.
  private func recalls(of shot: Shot? = nil) -> [(successes: Int, trials: Int)] {
    report.perClass.filter { $0.support > 0 && (shot == nil || $0.shot == shot) }
      .map { ($0.correct, $0.support) }
  }

  /// Which classes a mean recall is over, by its name; `nil` where it is none.
  private static let shots: [String: Shot?] = [
    "balanced_accuracy": nil, "recall_macro": nil, "recall_many": .many, "recall_medium": .medium,
    "recall_few": .few,
  ]

  private func interval(of name: String, _ place: Int) -> MetricInterval? {
    let recalls = recalls()
    if !evidence.plan.isClustered, report.classes.count == 2, recalls.count == 2 {
      switch name {
      case "balanced_accuracy", "recall_macro":
        return Interval.meanRate(recalls, level: settings.level)
          .map { MetricInterval($0, method: .meanRate) }
      case "g_mean":
        return Interval.geometricMeanRate(recalls, level: settings.level)
          .map { MetricInterval($0, method: .meanRate) }
      default: break
      }
    }
    guard silence.reason(name, units: groups) == nil else { return nil }
    if !evidence.plan.isClustered, let value = report[name] {
      switch name {
      case "accuracy", "top_3_accuracy", "top_5_accuracy":
        return rate(Int((value * Double(report.n)).rounded()), report.n)
      case "roc_auc_ovr" where areas.count == 2, "roc_auc_ovo" where areas.count == 2:
        return areas[report.positive?.index ?? 1]
      case "average_precision" where areas.count == 2:
        return averagePrecision(report.positive?.index ?? 1, value, place)
      default: break
      }
    }
    if !evidence.plan.isClustered, let shot = Self.shots[name] {
      return RareClassRule.meanRecall(
        self.recalls(of: shot), bootstrap: bootstrap(place), level: settings.level)
    }
    if name.hasPrefix("ece") { return calibration(name, place) }
    return bootstrap(place, freedom: Self.losses.contains(name) ? Self.freedomOfLosses : 1)
  }

  /// Means over images of which a few large ones decide. With all degrees of freedom 20 groups of unequal sizes held the log
  /// loss in 91 of 100 samples (`Results/coverage.md`).
  private static let losses: Set<String> = ["log_loss", "brier"]
  private static let freedomOfLosses = 0.5

  /// A calibration error is a mean of absolute values, too high in a small set and higher still in its
  /// resamples.
  private func calibration(_ name: String, _ place: Int) -> MetricInterval? {
    guard let replicates = evidence.replicates, let bootstrap = bootstrap(place) else { return nil }
    let gaps = CalibrationGaps(evidence.table, evidence.plan, isTop: name == "ece")
    let found = gaps.interval(
      deviation: replicates.deviation(place),
      tail: replicates.tail(place, level: settings.level), level: settings.level)
    return MetricInterval(
      low: found.low, high: found.high, level: found.level, method: .folded,
      undefined: bootstrap.undefined ?? 0)
  }

  private func interval(
    of statistic: ClassStatistic, _ row: ClassMetrics, _ index: Int
  ) -> MetricInterval? {
    if !evidence.plan.isClustered {
      let negatives = report.n - row.support
      switch statistic {
      case .recall: return rate(row.correct, row.support)
      case .precision: return rate(row.correct, row.predicted)
      case .specificity: return rate(negatives - row.predicted + row.correct, negatives)
      case .rocAUC: return areas[index]
      case .averagePrecision:
        let list = StatisticList(classes: report.classes.count)
        return averagePrecision(
          index, row.averagePrecision, list.place(of: .averagePrecision, class: index))
      case .f1: break
      }
    }
    // A few patients give a few different resamples: an interval of those would be too narrow and look exact.
    guard
      !evidence.plan.isClustered || evidence.groups(with: index) >= Replicates.fewestUnits
    else { return nil }
    let list = StatisticList(classes: report.classes.count)
    return bootstrap(list.place(of: statistic, class: index))
  }

  private func averagePrecision(
    _ index: Int, _ value: Double?, _ place: Int
  ) -> MetricInterval? {
    RareClassRule.averagePrecision(
      value, positives: report.perClass[index].support, bootstrap: bootstrap(place),
      level: settings.level)
  }

  private func rate(_ successes: Int, _ trials: Int) -> MetricInterval? {
    settings.rates(successes, of: trials, level: settings.level).map {
      MetricInterval($0, method: settings.rates == .wilson ? .wilson : .clopperPearson)
    }
  }

  private func bootstrap(_ place: Int, freedom: Double = 1) -> MetricInterval? {
    evidence.replicates?.interval(
      place, method: settings.method, level: settings.level, freedom: freedom)
  }
}
