import Evaluation
import Randomness

/// The predictions of all trainings of a comparison, as resampling wants them.
struct GridTable: GridMeasures {
  private let tables: [[ExampleTable?]]
  private let shots: [[ShotGroups?]]
  private let plan: ResamplingPlan
  let settings: IntervalSettings
  /// Whether all trainings have the same test rows.
  let isShared: Bool
  /// Test rows of the first training.
  let testRows: Int
  /// Column of the groups, where whole groups are resampled.
  let groupColumn: String?

  /// Names of the metrics, in the order of ``values``.
  var names: [String] { Metric.catalogue.map(\.name) }
  /// Names of those of which less is better.
  var losses: Set<String> {
    Set(Metric.catalogue.filter { !$0.higherIsBetter }.map(\.name))
  }
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

  func hasTraining(_ training: Int) -> Bool { tables.contains { $0[training] != nil } }

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
}
