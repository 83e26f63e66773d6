import Evaluation
import Randomness

/// The predictions of all trainings of a comparison, as resampling wants them.
struct GridTable {
  private let tables: [[ExampleTable?]]
  private let shots: [[ShotGroups?]]
  private let plan: ResamplingPlan
  private let settings: IntervalSettings
  /// Whether all trainings have the same test rows.
  private let isShared: Bool
  /// Test rows of the first training.
  let testRows: Int
  /// Column of the groups, where whole groups are resampled.
  let groupColumn: String?

  /// Names of the metrics, in the order of ``values``.
  var names: [String] { Metric.catalogue.map(\.name) }
  /// Places of the trainings.
  var trainings: Range<Int> { 0..<(tables.first?.count ?? 0) }
  /// Independent test rows, or groups.
  var units: Int { plan.units }

  /// - Throws: `ComparisonError` where two trainings of one seed were judged on other rows.
  init(_ trials: [MethodTrials], settings: IntervalSettings) throws(ComparisonError) {
    let count = trials.first?.trials.count ?? 0
    let leaders = (0..<count).map { training in
      trials.lazy.compactMap { $0.trials[training]?.predictions }.first
    }
    let positive = trials.lazy.flatMap(\.trials).compactMap { trial in
      trial.flatMap { $0.predictions.positiveClass(shots: $0.shots) }
    }.first
    var tables = trials.map { _ in [ExampleTable?]() }
    for (number, row) in trials.enumerated() {
      for (training, trial) in row.trials.enumerated() {
        guard let trial, let leader = leaders[training] else {
          tables[number].append(nil)
          continue
        }
        let own = trial.predictions.ordered(as: leader.classes) ?? trial.predictions
        let rows = try PairedRows(leader, own)
        var table = ExampleTable(own, rows: rows.second, threads: settings.threads)
        table.positive = positive
        tables[number].append(table)
      }
    }
    let known = leaders.compactMap(\.self)
    let first = known.first
    let sets = known.map { predictions in
      labelledRows(predictions).map { predictions.paths[$0] }
    }
    // The same rows in the same order: a split that is not drawn anew keeps the order of the data.
    isShared = sets.allSatisfy { $0 == sets.first }
    let column = first?.groupColumn(settings.groupColumn)
    let rows = first.map { labelledRows($0) } ?? []
    plan = ResamplingPlan(
      truths: rows.compactMap { row in first?.truths[row] },
      groups: column.map { column in rows.map { column.values[$0] } }, counts: settings.counts)
    groupColumn = plan.isClustered ? column?.name : nil
    testRows = rows.count
    self.tables = tables
    shots = trials.map { $0.trials.map { $0?.shots } }
    self.settings = settings
  }

  func design(ratio: Double) -> TestDesign {
    let most = trainings.count { training in tables.contains { $0[training] != nil } }
    return most < 2 ? .single : isShared ? .shared : .own(ratio: ratio)
  }

  /// Metrics of every training, `[M][S][K]`; NaN where undefined.
  var values: [[[Double]?]] {
    tables.indices.map { row in
      trainings.map { training in
        tables[row][training].map { table in
          var weights = WeightBlock(count: table.count)
          weights.fill(lane: 0)
          let inputs = LaneMetricInputs(table, weights, shots: shots[row][training])
          return Metric.catalogue.map { $0(inputs[0]).value ?? .nan }
        }
      }
    }
  }

  /// Metrics of every training on each resample of the test rows, the same resamples for all, `[M][S][B][K]`.
  func resampled() -> [[[[Double]]?]] {
    tables.indices.map { row in
      trainings.map { training in
        tables[row][training].map { table in
          Replicates(
            table, plan: plan, resamples: settings.resamples, shots: shots[row][training],
            key: settings.key, threads: settings.threads
          ).resampled.map { Array($0.prefix(Metric.catalogue.count)) }
        }
      }
    }
  }

  /// Differences of two rows, second minus first, by metric.
  ///
  /// - Parameters:
  ///   - values: Metrics of each training, `[S][K]`.
  ///   - resampled: The same on each resample, `[S][B][K]`; `nil` where rows are no part of the uncertainty.
  func differences(
    _ values: ([[Double]?], [[Double]?]), resampled: ([[[Double]]?], [[[Double]]?])?,
    _ design: TestDesign
  ) -> [String: RepeatedDifference] {
    var found: [String: RepeatedDifference] = [:]
    for (place, name) in names.enumerated() {
      let differences = trainings.map { training -> Double? in
        guard let first = values.0[training], let second = values.1[training] else { return nil }
        return (second[place] - first[place]).defined
      }
      guard differences.contains(where: { $0 != nil }) else { continue }
      let rows = resampled.flatMap { resampled in
        RepeatedDifference.Rows(
          trainings.filter { differences[$0] != nil }.compactMap { training in
            guard let first = resampled.0[training], let second = resampled.1[training] else {
              return nil
            }
            return zip(first, second).map { $1[place] - $0[place] }
          }, units: units)
      }
      found[name] = RepeatedDifference(differences, design, rows: rows, level: settings.level)
    }
    return found
  }
}
