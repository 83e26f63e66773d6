/// All trainings of a comparison whose target is labels or a number, as resampling wants them.
struct TargetTable: GridMeasures {
  let names: [String]
  let losses: Set<String>
  let settings: IntervalSettings
  private let rows: [[TargetTrials.Trial?]]
  private let plan: ResamplingPlan
  let isShared: Bool
  let testRows: Int
  let groupColumn: String?

  var trainings: Range<Int> { 0..<(rows.first?.count ?? 0) }
  var units: Int { plan.units }

  /// - Throws: `ComparisonError` where two trainings of one seed were judged on other rows.
  init(
    _ trials: [TargetTrials], names: [String], losses: Set<String>, settings: IntervalSettings
  ) throws(ComparisonError) {
    (self.names, self.losses, self.settings) = (names, losses, settings)
    rows = trials.map(\.trials)
    let count = rows.first?.count ?? 0
    let leaders = (0..<count).map { training in
      trials.lazy.compactMap { $0.trials[training] }.first
    }
    for row in rows {
      for (trial, leader) in zip(row, leaders) {
        if let trial, let leader { try Self.check(leader, trial) }
      }
    }
    let known = leaders.compactMap(\.self)
    isShared = known.allSatisfy { $0.paths == known.first?.paths }
    testRows = known.first?.paths.count ?? 0
    plan = ResamplingPlan(
      truths: [Int](repeating: 0, count: testRows), groups: known.first?.groups)
    groupColumn = plan.isClustered ? known.first?.groupColumn : nil
  }

  private static func check(
    _ first: TargetTrials.Trial, _ second: TargetTrials.Trial
  ) throws(ComparisonError) {
    guard first.labels == second.labels else {
      throw .differentClasses(first: first.labels, second: second.labels)
    }
    guard first.paths == second.paths else {
      let (own, other) = (Set(first.paths), Set(second.paths))
      let lacking = first.paths.filter { !other.contains($0) }
      let missing = lacking.isEmpty ? second.paths.filter { !own.contains($0) } : lacking
      throw .missingExamples(
        from: lacking.isEmpty ? "the first predictions" : "the second predictions",
        count: missing.count, firstPaths: Array(missing.prefix(3)))
    }
    if let row = first.truths.indices.first(where: { first.truths[$0] != second.truths[$0] }) {
      throw .differentTruth(
        path: first.paths[row], first: first.truths[row], second: second.truths[row])
    }
  }

  func hasTraining(_ training: Int) -> Bool { rows.contains { $0[training] != nil } }

  var values: [[[Double]?]] {
    rows.map { row in
      row.map { trial in
        trial.map { $0.metrics([Double](repeating: 1, count: $0.paths.count), of: names) }
      }
    }
  }

  func resampled() -> [[[[Double]]?]] {
    rows.map { row in
      row.map { trial in
        trial.map { trial in
          Replicates(plan, settings) { trial.metrics($0, of: names) }.resampled
        }
      }
    }
  }
}
