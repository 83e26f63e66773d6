import Evaluation
import Randomness

/// Two models under the same resamples.
struct ResampledPair {
  let plan: ResamplingPlan
  private let first: Replicates
  private let second: Replicates
  private let difference: Replicates
  private let tables: [ExampleTable]
  private let settings: IntervalSettings

  init(
    _ first: Predictions, _ second: Predictions, _ rows: PairedRows, shots: ShotGroups?,
    settings: IntervalSettings
  ) {
    let tables = [(first, rows.first), (second, rows.second)].map {
      ExampleTable($0, rows: $1, threads: settings.threads)
    }
    let column = settings.groupColumn
    let groups =
      first.column(column).map { groups in rows.first.map { groups[$0] } }
      ?? second.column(column).map { groups in rows.second.map { groups[$0] } }
    let plan = ResamplingPlan(truths: tables[0].truths, groups: groups)
    let replicates = tables.map {
      Replicates(
        $0, plan: plan, resamples: settings.resamples, shots: shots,
        key: RandomKey(seed: settings.seed).folding("intervals"), threads: settings.threads)
    }
    self.plan = plan
    self.first = replicates[0]
    self.second = replicates[1]
    difference = replicates[1].minus(replicates[0])
    self.tables = tables
    self.settings = settings
  }

  /// The difference of the statistic at `place`.
  func difference(_ place: Int) -> Difference {
    Difference(
      first: first.estimate[place].defined, second: second.estimate[place].defined,
      interval: difference.interval(place, method: settings.method, level: settings.level))
  }

  /// A row for each class.
  ///
  /// - Parameters:
  ///   - names: Class names, `[C]`.
  ///   - decisions: Whether each model is right, `[N]`.
  func rows(named names: [String], _ decisions: [(Bool, Bool)]) -> [ClassComparison] {
    let truths = tables[0].truths
    let tests = names.indices.map { index in
      let own = truths.indices.filter { truths[$0] == index }.map { decisions[$0] }
      return (support: own.count, test: McNemar(first: own.map(\.0), second: own.map(\.1)))
    }
    let areas = names.indices.map(area)
    let adjusted = holmAdjusted(tests.map { $0.support == 0 ? nil : $0.test.pValue })
    let adjustedAreas = holmAdjusted(areas.map { $0?.pValue })
    return names.enumerated().map { index, name in
      ClassComparison(
        name: name, support: tests[index].support, recall: difference(.recall, index),
        f1: difference(.f1, index), rocAUC: areaDifference(areas[index], index),
        averagePrecision: difference(.averagePrecision, index), mcNemar: tests[index].test,
        mcNemarAdjusted: adjusted[index], deLong: areas[index]?.pValue,
        deLongAdjusted: adjustedAreas[index])
    }
  }

  private func difference(_ statistic: ClassStatistic, _ index: Int) -> Difference {
    difference(StatisticList(classes: tables[0].classes).place(of: statistic, class: index))
  }

  /// DeLong's comparison; `nil` where the area is undefined or groups are resampled.
  private func area(of index: Int) -> AreaDifference? {
    guard !plan.isClustered, let first = DeLong(order: tables[0].orders[index], positive: index),
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

extension Double {
  /// The number itself; `nil` for NaN.
  var defined: Double? { isNaN ? nil : self }
}
