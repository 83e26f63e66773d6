import Evaluation

/// Predictions with every statistic on every resample.
struct ResampledPredictions: Sendable {
  let table: ExampleTable
  let plan: ResamplingPlan
  /// Name of the column of the groups.
  let groupColumn: String?
  /// `nil` without any example with truth.
  let replicates: Replicates?

  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - rows: Rows with truth, in the order of their paths.
  ///   - shots: Classes grouped by training examples, where known.
  ///   - settings: How intervals are made.
  init(
    _ predictions: Predictions, rows: [Int], shots: ShotGroups?, settings: IntervalSettings
  ) {
    let column = predictions.groupColumn(settings.groupColumn)
    groupColumn = column?.name
    var table = ExampleTable(predictions, rows: rows, threads: settings.threads)
    table.positive = predictions.positiveClass(shots: shots)
    self.table = table
    plan = ResamplingPlan(
      truths: table.truths, groups: column.map { column in rows.map { column.values[$0] } },
      counts: settings.counts)
    replicates =
      rows.isEmpty
      ? nil
      : Replicates(
        table, plan: plan, resamples: settings.resamples, shots: shots,
        key: settings.key, threads: settings.threads)
  }

  /// Number of groups that hold an example of a class.
  func groups(with truth: Int) -> Int {
    (0..<plan.units).count { unit in plan.examples(of: unit).contains { table.truths[$0] == truth }
    }
  }

  /// DeLong's parts of each class's AUROC, `[C]`; `nil` where undefined.
  var areas: [DeLong?] {
    table.orders.enumerated().map {
      table.hasScores ? DeLong(order: $1, positive: $0) : nil
    }
  }
}
