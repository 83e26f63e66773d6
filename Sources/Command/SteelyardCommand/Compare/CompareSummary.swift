import Datasets
import Decisions
import Evaluation
import Files
import Runs
import Targets
import Uncertainty

/// Puts together what all cells came to.
struct CompareSummary {
  let directory: CompareDirectory
  let grid: Grid
  let cells: [CellRecord]
  let options: TrainOptions
  let intervals: IntervalSettings

  /// - Throws: `CompareError.nothingDone`, `ComparisonError`, what reading predictions throws.
  func record() throws -> GridRecord {
    let byName = Dictionary(uniqueKeysWithValues: cells.map { ($0.name, $0) })
    var parts: [GridRecord.Part] = []
    for part in grid.imbalances.indices {
      parts.append(
        .init(imbalance: grid.ratio(part), comparison: try comparison(of: part, byName)))
    }
    let missing = cells.filter { $0.status != .done }
    guard parts.contains(where: { $0.comparison != nil }) else {
      throw CompareError.nothingDone(
        folder: directory.path, firstProblem: missing.first?.problem ?? "nothing was begun")
    }
    let adjusted = parts.compactMap(\.comparison).adjusted()
    var next = adjusted.makeIterator()
    for part in parts.indices where parts[part].comparison != nil {
      parts[part].comparison = next.next()
    }
    var record = GridRecord(
      data: options.data.map { FilePath.name(of: FilePath.absolute($0)) } ?? "",
      model: options.model,
      seeds: grid.seeds, folds: grid.folds, shape: options.longTailShape.rawValue,
      metric: grid.metric, calibration: CellJudge.calibration.name, parts: parts,
      missing: missing.map { .init(cell: $0.name, status: $0.status.rawValue, reason: $0.problem) },
      version: Version.current)
    record.studyColumn = options.studyColumn
    return record
  }

  /// All methods at one imbalance; nil where no training came to an end.
  private func comparison(
    of part: Int, _ byName: [String: CellRecord]
  ) throws -> GridComparison? {
    let reference = grid.rows.firstIndex { $0.label == grid.reference }
    let cells = grid.rows.indices.map { self.cells(of: $0, part, byName) }
    guard let first = cells.joined().compactMap({ $0?.cell }).first else { return nil }
    guard try CellJudge(directory, first.name).target == nil else {
      let rows = try cells.enumerated().map { row, trainings in
        TargetTrials(
          grid.rows[row].label, tried: grid.rows[row].candidates.count,
          trials: try trainings.map { chosen in
            try chosen.flatMap { chosen in
              try CellJudge(directory, chosen.cell.name).target?.trial(
                groups: intervals.groupColumn, values: chosen.values)
            }
          })
      }
      return try GridComparison(
        ofTargets: rows, reference: reference, ratio: try ratio(part), settings: intervals)
    }
    let rows = try cells.enumerated().map { row, trainings in
      MethodTrials(
        grid.rows[row].label, tried: grid.rows[row].candidates.count,
        trials: try trainings.map { chosen in
          try chosen.map { chosen in
            let test = try CellJudge(directory, chosen.cell.name).test()
            return .init(test.predictions, shots: test.shots, values: chosen.values)
          }
        })
    }
    return try GridComparison(
      rows, reference: reference, ratio: try ratio(part), settings: intervals)
  }

  /// A row of the table at one imbalance, `[S]`: of settings that were tried the one that validation chose, which costs
  /// what all of them cost.
  private func cells(
    of row: Int, _ part: Int, _ byName: [String: CellRecord]
  ) -> [(cell: CellRecord, values: [String: Double])?] {
    let all = grid.cells.filter { $0.row == row && $0.part == part }
    return (0..<grid.trainings).map { training in
      let own = all.filter { $0.training == training }.compactMap { byName[$0.record.name] }
      guard let cell = own.first(where: { $0.status == .done && ($0.isChosen ?? (own.count == 1)) })
      else { return nil }
      var values = cell.metrics.filter { CellJudge.isOwn($0.key) }
      values["seconds"] = own.compactMap(\.seconds).reduce(0, +)
      return (cell, values)
    }
  }

  /// Test rows beside rows that were trained on, after thinning, of the first training at an imbalance.
  private func ratio(_ part: Int) throws -> Double {
    let names = Set(grid.cells.filter { $0.part == part }.map(\.record.name))
    guard let cell = cells.first(where: { $0.status == .done && names.contains($0.name) }) else {
      return 0
    }
    let data = try DataRecord.read(RunDirectory(existing: directory.run(cell.name)).data)
    func count(_ part: Split) -> Int { data.counts(of: part.rawValue).reduce(0, +) }
    return Double(count(.test)) / Double(max(count(.train), 1))
  }
}
