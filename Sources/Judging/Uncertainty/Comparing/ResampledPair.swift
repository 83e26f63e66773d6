import Evaluation

/// Two models under the same resamples.
struct ResampledPair {
  let plan: ResamplingPlan
  /// Name of the column of the groups.
  let groupColumn: String?
  /// Whether both say the same of every example, so that no interval is needed.
  private let isOneModel: Bool
  private let first: Replicates
  private let second: Replicates
  private let difference: Replicates
  private let tables: [ExampleTable]
  private let settings: IntervalSettings

  init(
    _ first: Predictions, _ second: Predictions, _ rows: PairedRows, shots: ShotGroups?,
    settings: IntervalSettings
  ) {
    // One positive class for both, or the difference would be of two things.
    let positive = first.positiveClass(shots: shots)
    let tables = [(first, rows.first), (second, rows.second)].map {
      var table = ExampleTable($0, rows: $1, threads: settings.threads)
      table.positive = positive
      return table
    }
    let columns = [(first, rows.first), (second, rows.second)].map { predictions, rows in
      predictions.groupColumn(settings.groupColumn).map { column in
        (name: column.name, groups: rows.map { column.values[$0] })
      }
    }
    let (groupColumn, groups) = (
      (columns[0] ?? columns[1])?.name, (columns[0] ?? columns[1])?.groups
    )
    let plan = ResamplingPlan(
      truths: tables[0].truths, groups: groups, counts: settings.counts)
    let replicates = tables.map {
      Replicates(
        $0, plan: plan, resamples: settings.resamples, shots: shots,
        key: settings.key, threads: settings.threads)
    }
    self.plan = plan
    self.groupColumn = groupColumn
    isOneModel = zip(rows.first, rows.second).allSatisfy {
      first.predicted[$0] == second.predicted[$1] && first[$0] == second[$1]
    }
    self.first = replicates[0]
    self.second = replicates[1]
    difference = replicates[1].minus(replicates[0])
    self.tables = tables
    self.settings = settings
  }

  /// The difference of the statistic at `place`: of groups Student's interval of the jackknife, where it is defined
  /// without each of them; of fewer than ``fewestAlike`` images the longer of that and percentiles; else percentiles.
  func difference(_ place: Int) -> Difference {
    let student =
      plan.isClustered || plan.units < Self.fewestAlike
      ? difference.studentInterval(place, level: settings.level) : nil
    let resampled = difference.interval(place, method: settings.method, level: settings.level)
    let interval =
      plan.isClustered
      ? student ?? resampled
      : [student, resampled].compactMap(\.self).max { $0.high - $0.low < $1.high - $1.low }
    return Difference(
      first: first.estimate[place].defined, second: second.estimate[place].defined,
      interval: interval)
  }

  /// With fewer images resamples of two models are too alike: with 30 percentiles held a difference of MCC in 87 of 100
  /// samples (`Results/coverage.md`).
  private static let fewestAlike = 50

  /// The difference of accuracies: Newcombe's interval of independent examples, else as ``difference(_:)``.
  func accuracyDifference(_ place: Int, _ decisions: [(Bool, Bool)]) -> Difference {
    let found = difference(place)
    guard !plan.isClustered, !isOneModel, decisions.count >= Self.fewestExamples else {
      return found
    }
    let newcombe = newcombe(Array(decisions.indices), decisions, units: decisions.count)
    return Difference(
      first: found.first, second: found.second,
      interval: newcombe.map { MetricInterval($0, method: .newcombe) })
  }

  /// The difference of mean recalls: with a discordance more on either side of independent examples, else as ``difference(_:)``.
  func meanRecallDifference(_ place: Int, _ decisions: [(Bool, Bool)]) -> Difference {
    let found = difference(place)
    guard !plan.isClustered, !isOneModel, decisions.count >= Self.fewestExamples else {
      return found
    }
    var counts = [(examples: Int, onlyFirst: Int, onlySecond: Int)](
      repeating: (0, 0, 0), count: tables[0].classes)
    for (truth, decision) in zip(tables[0].truths, decisions) {
      counts[truth].examples += 1
      if decision == (true, false) { counts[truth].onlyFirst += 1 }
      if decision == (false, true) { counts[truth].onlySecond += 1 }
    }
    let interval = Interval.meanRateDifference(
      counts.filter { $0.examples > 0 }, level: settings.level)
    return Difference(
      first: found.first, second: found.second,
      interval: interval.map { MetricInterval($0, method: .adjustedWald) })
  }

  /// A row for each class.
  ///
  /// - Parameters:
  ///   - names: Class names, `[C]`.
  ///   - decisions: Whether each model is right, `[N]`.
  func rows(named names: [String], _ decisions: [(Bool, Bool)]) -> [ClassComparison] {
    let truths = tables[0].truths
    let own = names.indices.map { index in truths.indices.filter { truths[$0] == index } }
    let tests = own.map { rows in
      let pairs = rows.map { decisions[$0] }
      return (support: rows.count, test: McNemar(first: pairs.map(\.0), second: pairs.map(\.1)))
    }
    let areas = names.indices.map(area)
    let adjusted = holmAdjusted(tests.map { $0.support == 0 ? nil : $0.test.pValue })
    let adjustedAreas = holmAdjusted(areas.map { $0?.pValue })
    return names.enumerated().map { index, name in
      ClassComparison(
        name: name, support: tests[index].support,
        recall: recallDifference(own[index], decisions, index),
        f1: difference(.f1, index), rocAUC: areaDifference(areas[index], index),
        averagePrecision: difference(.averagePrecision, index), mcNemar: tests[index].test,
        mcNemarAdjusted: adjusted[index], deLong: areas[index]?.pValue,
        deLongAdjusted: adjustedAreas[index])
    }
  }

  /// With fewer examples than this nothing is said of a class's recall.
  private static let fewestExamples = 5

  /// Newcombe's interval of independent examples. Where groups are resampled it is ``difference(_:)``'s, and where all
  /// resamples agree Newcombe's of as many examples as there are groups.
  private func recallDifference(
    _ rows: [Int], _ decisions: [(Bool, Bool)], _ index: Int
  ) -> Difference {
    let resampled = difference(.recall, index)
    let units = plan.isClustered ? plan.units(of: rows) : rows.count
    let fewest = plan.isClustered ? Replicates.fewestUnits : Self.fewestExamples
    guard !isOneModel, units >= fewest, !plan.isClustered || resampled.interval == nil else {
      return plan.isClustered ? resampled : resampled.without
    }
    return Difference(
      first: resampled.first, second: resampled.second,
      interval: newcombe(rows, decisions, units: units).map {
        MetricInterval($0, method: .newcombe)
      })
  }

  private func newcombe(
    _ rows: [Int], _ decisions: [(Bool, Bool)], units: Int
  ) -> Interval? {
    let scale = Double(units) / Double(max(rows.count, 1))
    func count(_ first: Bool, _ second: Bool) -> Double {
      scale * Double(rows.count { decisions[$0] == (first, second) })
    }
    return Interval.newcombe(
      both: count(true, true), onlyFirst: count(true, false), onlySecond: count(false, true),
      neither: count(false, false), level: settings.level)
  }

  /// Without interval where groups are resampled and the class is in few.
  private func difference(_ statistic: ClassStatistic, _ index: Int) -> Difference {
    let list = StatisticList(classes: tables[0].classes)
    let found = difference(list.place(of: statistic, class: index))
    let truths = tables[0].truths
    let isFew =
      plan.isClustered
      && plan.units(of: truths.indices.filter { truths[$0] == index }) < Replicates.fewestUnits
    return isFew ? found.without : found
  }

  /// DeLong's comparison; `nil` where the area is undefined or groups are resampled.
  private func area(of index: Int) -> AreaDifference? {
    guard !plan.isClustered, tables.allSatisfy(\.hasScores),
      let first = DeLong(order: tables[0].orders[index], positive: index),
      let second = DeLong(order: tables[1].orders[index], positive: index)
    else { return nil }
    return AreaDifference(first, second, level: settings.level)
  }

  private func areaDifference(_ area: AreaDifference?, _ index: Int) -> Difference {
    guard let area else { return difference(.rocAUC, index) }
    return Difference(
      first: area.first, second: area.second,
      interval: area.interval.map { MetricInterval($0, method: .deLong) })
  }
}

extension Difference {
  /// The same without interval.
  fileprivate var without: Difference { Difference(first: first, second: second, interval: nil) }
}

extension Double {
  /// The number itself; `nil` for NaN.
  var defined: Double? { isNaN ? nil : self }
}
