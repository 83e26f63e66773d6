import Evaluation

/// Which interval each number of a report gets.
struct IntervalRules {
  /// A class in fewer groups than this gets no interval when groups are resampled.
  static let fewestGroups = 5

  private let report: MetricsReport
  private let evidence: ResampledPredictions
  private let settings: IntervalSettings
  private let areas: [Interval?]

  init(report: MetricsReport, evidence: ResampledPredictions, settings: IntervalSettings) {
    self.report = report
    self.evidence = evidence
    self.settings = settings
    areas = evidence.areas.map { parts in
      parts.flatMap { .deLong($0, level: settings.level) }
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

  private func interval(of name: String, _ place: Int) -> MetricInterval? {
    if !evidence.plan.isClustered, let value = report[name] {
      switch name {
      case "accuracy", "top_3_accuracy", "top_5_accuracy":
        return rate(Int((value * Double(report.n)).rounded()), report.n)
      case "roc_auc_ovr" where areas.count == 2, "roc_auc_ovo" where areas.count == 2:
        return areas[report.positive?.index ?? 1].map { MetricInterval($0, method: .deLong) }
      default: break
      }
    }
    return name.hasPrefix("ece") ? calibration(place) : bootstrap(place)
  }

  /// A calibration error is a mean of absolute values, too high in a small set and higher still in its
  /// resamples; it cannot be below 0.
  private func calibration(_ place: Int) -> MetricInterval? {
    let basic = evidence.replicates?.interval(place, method: .basic, level: settings.level)
    return basic.map {
      MetricInterval(
        low: max(0, $0.low), high: max(0, $0.high), level: $0.level, method: $0.method,
        undefined: $0.undefined ?? 0)
    }
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
      case .rocAUC: return areas[index].map { MetricInterval($0, method: .deLong) }
      case .f1, .averagePrecision: break
      }
    }
    // Two or three patients give two or three different resamples: an interval of those would be far
    // too narrow and look exact.
    guard !evidence.plan.isClustered || evidence.groups(with: index) >= Self.fewestGroups else {
      return nil
    }
    let list = StatisticList(classes: report.classes.count)
    return bootstrap(list.place(of: statistic, class: index))
  }

  private func rate(_ successes: Int, _ trials: Int) -> MetricInterval? {
    settings.rates(successes, of: trials, level: settings.level).map {
      MetricInterval($0, method: settings.rates == .wilson ? .wilson : .clopperPearson)
    }
  }

  private func bootstrap(_ place: Int) -> MetricInterval? {
    evidence.replicates?.interval(place, method: settings.method, level: settings.level)
  }
}
