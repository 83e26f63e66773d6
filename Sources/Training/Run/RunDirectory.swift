public import Files
import Foundation

/// The folder of one run: where each file lies, and that none is ever overwritten.
///
/// Every file is written beside its name and renamed, so that a run killed at any moment leaves
/// whole files only.
public struct RunDirectory: Sendable {
  /// The folder.
  public let path: String

  /// An existing run.
  /// - Throws: `RunError.notARun` where the folder has no resolved configuration.
  public init(existing path: String) throws(RunError) {
    self.path = path
    guard FileManager.default.fileExists(atPath: config) else { throw .notARun(path) }
  }

  /// A new folder named `name` in `parent`; `name-1`, `name-2`, … where that one exists.
  /// - Throws: `RunError.cannotCreate` with the system's words.
  public init(creating name: String, in parent: String) throws(RunError) {
    let manager = FileManager.default
    let base = FilePath.join(parent, name)
    do {
      try manager.createDirectory(atPath: parent, withIntermediateDirectories: true)
      var (path, suffix) = (base, 0)
      while manager.fileExists(atPath: path) {
        suffix += 1
        path = "\(base)-\(suffix)"
      }
      try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
      self.path = path
      try manager.createDirectory(atPath: checkpoints, withIntermediateDirectories: false)
    } catch {
      throw .cannotCreate(base, reason: Self.words(error))
    }
  }

  private static func words(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return underlying.map { String(cString: strerror(Int32($0.code))) }
      ?? (error as NSError).localizedDescription
  }

  /// Every option, resolved, with where it came from.
  public var config: String { FilePath.join(path, "config.yaml") }
  /// Versions, processor, threads, seed.
  public var environment: String { FilePath.join(path, "environment.json") }
  /// Digest of the data, classes, counts, groups, leakage.
  public var data: String { FilePath.join(path, "data.json") }
  /// Path, label, group and split of every image.
  public var split: String { FilePath.join(path, "split.csv") }
  /// One row per epoch.
  public var summary: String { FilePath.join(path, "summary.csv") }
  /// One JSON object per epoch, with seconds.
  public var metricsLines: String { FilePath.join(path, "metrics.jsonl") }
  /// Folder of the checkpoints.
  public var checkpoints: String { FilePath.join(path, "checkpoints") }
  /// The state to resume from.
  public var last: String { FilePath.join(checkpoints, "last.safetensors") }
  /// The weights of the best epoch.
  public var best: String { FilePath.join(checkpoints, "best.safetensors") }
  /// What a checkpoint is, for a person: `last.json` beside `last.safetensors`.
  public func note(of checkpoint: String) -> String {
    FilePath.join(checkpoints, FilePath.stem(of: checkpoint) + ".json")
  }
  /// The trained model, with all that prediction needs.
  public var model: String { FilePath.join(path, "model.safetensors") }
  /// A short model card.
  public var readme: String { FilePath.join(path, "README.md") }
  /// Predictions on a split.
  public func predictions(_ split: String) -> String {
    FilePath.join(path, "predictions-\(split).csv")
  }
  /// Metrics on a split.
  public func metrics(_ split: String) -> String { FilePath.join(path, "metrics-\(split).json") }
}

/// What can be wrong with a run directory.
public enum RunError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds no run.
  case notARun(String)
  /// The folder cannot be made.
  case cannotCreate(String, reason: String)
  /// The checkpoint belongs to other settings or other data.
  case differs(String, what: String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .notARun(let path):
      "\(path): not a run directory (no config.yaml in it); give the folder that `train` made"
    case .cannotCreate(let path, let reason):
      "\(path): cannot be created: \(reason); choose another place with --output-dir"
    case .differs(let path, let what):
      "\(path): the checkpoint does not fit this run: \(what); resume with the data and settings of the run"
    }
  }
}
