import Files
import Foundation
import Runs
import Training
import Uncertainty

/// Fills a cell: makes, or goes on with, its run directory, until it holds predictions on validation and test.
///
/// The run's model card is written last, so that a run with one is whole.
protocol CellWork {
  /// Begins the cell's run or takes it up.
  ///
  /// - Throws: `TrainingError.interrupted` where someone asked to stop; anything else is what went wrong.
  func fill(_ cell: CellRecord, _ choice: MethodChoice) throws
}

/// A network is trained.
struct TrainedCell: CellWork {
  let directory: CompareDirectory
  /// Options that all cells share.
  let resolved: ResolvedOptions
  let intervals: IntervalSettings
  let isQuiet: Bool
  let said: SaidOnce

  func fill(_ cell: CellRecord, _ choice: MethodChoice) throws {
    let folder = directory.run(cell.name)
    if let run = try? RunDirectory(existing: folder), FilePath.isFile(run.last) {
      return try train(try run.optionsToGoOn(), resuming: run)
    }
    // Stopped before its first checkpoint: there is nothing in it yet that was learned.
    if FilePath.isFolder(folder) { try FileManager.default.removeItem(atPath: folder) }
    try train(options(of: cell, choice), resuming: nil)
  }

  private func train(_ options: ResolvedOptions, resuming run: RunDirectory?) throws {
    var training = TrainRun(options, resuming: run, isQuiet: isQuiet)
    (training.said, training.intervals) = (said, intervals)
    _ = try training()
  }

  /// The options of a cell's run: `train` with them, and nothing else, gives the same run.
  ///
  /// - Parameters:
  ///   - cell: what is to be filled.
  ///   - choice: method and settings.
  ///   - shared: what all cells share; `nil` is ``resolved``.
  func options(
    of cell: CellRecord, _ choice: MethodChoice, shared: TrainOptions? = nil
  ) -> ResolvedOptions {
    var result = resolved
    if let shared { result.values = shared }
    result.values.method = choice.name
    // The same for every cell of a split, and no row of the table.
    result.values.frozen = false
    result.values.set = choice.settings
    result.values.seed = cell.seed
    result.values.longTail = cell.imbalance
    if cell.imbalance == nil { result.values.forget(TrainOptions.parts.longTailShape) }
    if let fold = cell.fold {
      result.values.splitFile = directory.split(ofFold: fold)
      result.values.strataClusters = nil
    }
    result.values.outputDir = directory.runs
    result.values.experiment = cell.name
    for field in OptionTable.fields
    where field.yaml(result.values) != field.yaml(resolved.values) {
      result.origins[field.name] = .settled(
        asked: "a cell of a comparison", resolved.origin(of: field.name))
    }
    return result
  }
}
