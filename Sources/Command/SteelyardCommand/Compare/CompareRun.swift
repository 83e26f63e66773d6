import Console
import Datasets
import Evaluation
import Files
import Foundation
import Runs
import Training
import Uncertainty

/// Fills the cells of a comparison one after the other, and keeps `cells.csv`.
///
/// A cell whose model card is written is done; one with a checkpoint is taken up from it; any other begins anew. A
/// cell that failed stays so until it is asked for again.
struct CompareRun {
  let directory: CompareDirectory
  let grid: Grid
  let work: [GridRow.Kind: any CellWork]
  /// What validation chooses by among settings that are tried.
  let selection: SelectionMetric
  /// Whether cells that failed run anew.
  let retriesFailed: Bool
  let note: (String) -> Void

  /// Fills what is left to fill.
  ///
  /// - Returns: All cells of the grid.
  /// - Throws: `CompareError.stopped`; `DatasetError` where not even the first cell can begin; `FileError` and
  ///   `RunError` where nothing can be written.
  func callAsFunction() throws -> [CellRecord] {
    var ledger = try CellLedger(directory, grid)
    let cells = grid.cells
    let budget = grid.budget.map { Budget(seconds: $0) }
    var failedSeconds = 0.0
    for (number, cell) in cells.enumerated() {
      let name = cell.record.name
      switch ledger[name].status {
      case .done: continue
      case .failed where !retriesFailed: continue
      default: break
      }
      let seconds = ledger.seconds
      let spent = seconds.values.reduce(0, +) + failedSeconds
      let failed = self.failed(among: cells, before: number, ledger)
      if let budget,
        !budget.admits(cell, among: cells, seconds: seconds, spent: spent, failed: failed)
      {
        let reason = Budget.reason(cell, among: cells, failed: failed)
        try ledger.set(.leftOut, name, problem: reason)
        continue
      }
      let left = cells.count - number
      guard StopSignals.pending == nil else {
        throw CompareError.stopped(folder: directory.path, cell: name, left: left)
      }
      note("\n== \(number + 1) of \(cells.count): \(name)")
      let started = ContinuousClock.now
      do {
        try fill(cell, wasFailed: ledger[name].status == .failed)
        try ledger.take(try CellJudge(directory, name).record(ledger[name]))
      } catch TrainingError.interrupted {
        throw CompareError.stopped(folder: directory.path, cell: name, left: left)
      } catch let error where isFatal(error, hasDone: ledger.hasDone) {
        throw error
      } catch {
        failedSeconds += (ContinuousClock.now - started) / .seconds(1)
        note("\(name) failed: \(error)")
        try ledger.set(.failed, name, problem: "\(error)")
      }
    }
    try ledger.check()
    try ledger.choose(by: selection)
    return cells.map { ledger[$0.record.name] }
  }

  /// Names of the cells that failed and are not still to come.
  private func failed(
    among cells: [Grid.Cell], before number: Int, _ ledger: CellLedger
  ) -> Set<String> {
    let ended = retriesFailed ? Array(cells.prefix(number)) : cells
    return Set(ended.map(\.record.name).filter { ledger[$0].status == .failed })
  }

  private func fill(_ cell: Grid.Cell, wasFailed: Bool) throws {
    let folder = directory.run(cell.record.name)
    if wasFailed, FilePath.isFolder(folder) {
      try FileManager.default.removeItem(atPath: folder)
    }
    let row = grid.rows[cell.row]
    try work[row.kind]?.fill(cell.record, row.candidates[cell.candidate])
  }

  /// Whether no other cell could do better: nothing can be written, or the data cannot be read at all.
  private func isFatal(_ error: any Error, hasDone: Bool) -> Bool {
    switch error {
    case is FileError, RunError.cannotCreate: true
    case is DatasetError: !hasDone
    default: false
    }
  }
}
