public import Files

/// The folder of a cross-fit: where each file lies.
///
/// | file | holds |
/// |---|---|
/// | `crossfit.yaml` | every option, as `config.yaml` of a run; written last, so that it marks a folder that is ready |
/// | `folds.csv` | ``FoldTable``: path, label, group and fold of every image |
/// | `splits/fold-K.csv` | the split of the run of fold K, as `split.csv` of a run |
/// | `fold-K/` | the run of fold K, a ``RunDirectory`` |
/// | `predictions-crossfit.csv` | every image by the model that has not seen its fold, with a column `fold` |
/// | `predictions-crossfit-studies.csv` | the same study by study, where images are views of studies |
/// | `metrics-crossfit.json` | ``Judgement`` of them all |
/// | `folds-crossfit.json` | ``FoldsRecord``: metrics over the folds |
public struct CrossfitDirectory: Sendable {
  /// The folder.
  public let path: String

  /// Makes a folder that is to be filled; two that start at once get a folder each.
  ///
  /// - Parameters:
  ///   - name: of the folder; a number follows where it is taken.
  ///   - parent: the folder that it is in.
  /// - Throws: `RunError.cannotCreate` with the system's words.
  public init(creating name: String, in parent: String) throws(RunError) {
    path = try RunDirectory.claimed(name, in: parent)
    try RunDirectory.makeFolder(splits)
  }

  /// A cross-fit that was begun.
  ///
  /// - Throws: ``CrossfitDirectoryError/notACrossfit(_:)``.
  public init(existing path: String) throws(CrossfitDirectoryError) {
    self.path = path
    guard FilePath.isFile(config) else { throw .notACrossfit(path) }
  }

  /// Takes the folder for this process, until the value returned goes or the process ends in whatever way.
  ///
  /// - Throws: ``CrossfitDirectoryError/busy(_:)``.
  public func claimed() throws(CrossfitDirectoryError) -> FolderClaim {
    do throws(FolderClaimError) {
      return try FolderClaim(path)
    } catch {
      switch error {
      case .busy(let path): throw .busy(path)
      case .cannotTake(let path, _): throw .notACrossfit(path)
      }
    }
  }

  /// Every option, resolved, with where it came from.
  public var config: String { FilePath.join(path, "crossfit.yaml") }
  /// Which image is in which fold.
  public var folds: String { FilePath.join(path, "folds.csv") }
  /// Folder of the folds' splits.
  public var splits: String { FilePath.join(path, "splits") }
  /// The split of a fold's run; folds count from 1.
  public func split(ofFold number: Int) -> String {
    FilePath.join(splits, "\(name(ofFold: number)).csv")
  }
  /// Name of the folder of a fold's run.
  public func name(ofFold number: Int) -> String { "fold-\(number)" }
  /// The folder of a fold's run.
  public func run(ofFold number: Int) -> String { FilePath.join(path, name(ofFold: number)) }
  /// What each image was taken for by the model that has not seen its fold.
  public var predictions: String { FilePath.join(path, "predictions-crossfit.csv") }
  /// The same study by study, where images are views of studies.
  public var studies: String { FilePath.join(path, "predictions-crossfit-studies.csv") }
  /// Metrics of all predictions together.
  public var metrics: String { FilePath.join(path, "metrics-crossfit.json") }
  /// Metrics over the folds.
  public var foldMetrics: String { FilePath.join(path, "folds-crossfit.json") }
}

/// What can be wrong with the folder of a cross-fit.
public enum CrossfitDirectoryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds none that was begun.
  case notACrossfit(String)
  /// Another process works in it.
  case busy(String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .notACrossfit(let path):
      "\(path): not a cross-fit (no crossfit.yaml in it); give the folder that `crossfit` made, or begin anew"
    case .busy(let path):
      "\(path): another steelyard crossfit works in this folder; wait for it, or stop it first"
    }
  }
}
