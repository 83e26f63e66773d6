public import Files

/// The folder of a comparison: where each file lies, and that one program at a time works in it.
///
/// | file | holds |
/// |---|---|
/// | `compare.yaml` | options that all trainings share, as `config.yaml` of a run |
/// | `grid.json` | methods, imbalances, seeds or folds; written last, so that it marks a folder that is ready |
/// | `folds.csv`, `splits/fold-K.csv` | as of a cross-fit, where there are folds |
/// | `runs/CELL/` | the run of a cell, a ``RunDirectory`` |
/// | `cells.csv` | ``CellTable``: each cell once, with what came of it |
/// | `compare.json` | ``GridRecord``: what all of it comes to |
/// | `compare.md`, `compare.html` | the same for readers, drawn from `compare.json` |
public struct CompareDirectory: Sendable {
  /// The folder.
  public let path: String

  /// A folder, whether it is there or not.
  public init(_ path: String) { self.path = path }

  /// Options that all trainings share.
  public var config: String { FilePath.join(path, "compare.yaml") }
  /// What is compared.
  public var grid: String { FilePath.join(path, "grid.json") }
  /// Which image is in which fold.
  public var folds: String { FilePath.join(path, "folds.csv") }
  /// Folder of the folds' splits.
  public var splits: String { FilePath.join(path, "splits") }
  /// The split of a fold; folds count from 1.
  public func split(ofFold number: Int) -> String {
    FilePath.join(splits, "fold-\(number).csv")
  }
  /// Folder of the runs.
  public var runs: String { FilePath.join(path, "runs") }
  /// The folder of a cell's run.
  public func run(_ cell: String) -> String { FilePath.join(runs, cell) }
  /// Each cell with what came of it.
  public var cells: String { FilePath.join(path, "cells.csv") }
  /// All that a reader is shown, as data.
  public var record: String { FilePath.join(path, "compare.json") }
  /// The same in Markdown.
  public var text: String { FilePath.join(path, "compare.md") }
  /// The same as a page.
  public var page: String { FilePath.join(path, "compare.html") }

  /// Takes the folder for this process, until the value returned goes or the process ends in whatever way.
  ///
  /// - Throws: ``CompareDirectoryError``.
  public func claimed() throws(CompareDirectoryError) -> FolderClaim {
    do throws(FolderClaimError) {
      return try FolderClaim(path, file: ".lock")
    } catch {
      switch error {
      case .busy(let path): throw .busy(path)
      case .cannotTake(let path, let reason): throw .cannotWrite(path, reason: reason)
      }
    }
  }
}

/// What can be wrong with the folder of a comparison.
public enum CompareDirectoryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another process compares in it.
  case busy(String)
  /// It cannot be written to.
  case cannotWrite(String, reason: String)
  /// It holds no comparison that was begun.
  case notAComparison(String)
  /// It holds other things.
  case occupied(String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .busy(let path):
      "\(path): another steelyard compare works in this folder; wait for it, or take another folder"
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written to: \(reason); choose another folder"
    case .notAComparison(let path):
      "\(path): not a comparison (no grid.json in it); give the folder that `compare` made, or begin anew"
    case .occupied(let path):
      "\(path): holds other files and no comparison; choose a new or an empty folder"
    }
  }
}
