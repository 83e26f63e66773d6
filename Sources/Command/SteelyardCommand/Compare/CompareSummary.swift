import Datasets
import Decisions
import Evaluation
import Files
import Runs
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
      let rows = try grid.rows.indices.map { try trials(of: $0, part, byName) }
      let hasResult = rows.contains { $0.trials.contains { $0 != nil } }
      let reference = grid.rows.firstIndex { $0.label == grid.reference }
      parts.append(
        .init(
          imbalance: grid.ratio(part),
          comparison: hasResult
            ? try GridComparison(
              rows, reference: reference, ratio: try ratio(part), settings: intervals)
            : nil))
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
    return GridRecord(
      data: options.data.map { FilePath.name(of: FilePath.absolute($0)) } ?? "",
      model: options.model,
      seeds: grid.seeds, folds: grid.folds, shape: options.longTailShape.rawValue,
      metric: grid.metric, calibration: CellJudge.calibration.name, parts: parts,
      missing: missing.map { .init(cell: $0.name, status: $0.status.rawValue, reason: $0.problem) },
      version: Version.current)
  }

  /// A row of the table at one imbalance: of settings that were tried the one that validation chose, which costs
  /// what all of them cost.
  private func trials(
    of row: Int, _ part: Int, _ byName: [String: CellRecord]
  ) throws -> MethodTrials {
    let all = grid.cells.filter { $0.row == row && $0.part == part }
    let trials = try (0..<grid.trainings).map { training -> MethodTrials.Trial? in
      let own = all.filter { $0.training == training }.compactMap { byName[$0.record.name] }
      guard let cell = own.first(where: { $0.status == .done && ($0.isChosen ?? (own.count == 1)) })
      else { return nil }
      let test = try CellJudge(directory, cell.name).test()
      var values = cell.metrics.filter { CellJudge.isOwn($0.key) }
      values["seconds"] = own.compactMap(\.seconds).reduce(0, +)
      return .init(test.predictions, shots: test.shots, values: values)
    }
    return MethodTrials(
      grid.rows[row].label, tried: grid.rows[row].candidates.count, trials: trials)
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
