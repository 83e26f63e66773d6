public import Files
import Foundation

/// The folder of one run: where each file lies, and that none is ever overwritten.
///
/// Every file but `examples.csv` and TensorBoard's events, which are appended to, is written beside
/// its name and renamed, so that a run killed at any moment leaves whole files.
///
/// | file | read and written by | its form is known by |
/// |---|---|---|
/// | `config.yaml` | ``ConfigRecord`` | the comment `# format: 1` in its head |
/// | `environment.json` | ``EnvironmentRecord`` | key `format` |
/// | `data.json` | ``DataRecord`` | key `format` |
/// | `split.csv` | ``SplitFile`` | its header |
/// | `class-names.csv` | `ClassNames` | its header |
/// | `corrections.csv` | ``CorrectionsFile`` | its header |
/// | `hard-normals.txt` | written alone | a path a line, or its header |
/// | `images.csv`, once `training-images.csv` | ``RunImages`` | its header |
/// | `metrics.jsonl` | ``MetricsLog`` | key `format` of each line |
/// | `summary.csv` | ``SummaryFile`` | its header |
/// | `examples.csv` | ``ExampleRecords`` | its header |
/// | `checkpoints/*.json` | ``CheckpointNote`` | key `format` |
/// | `metrics-*.json` | ``Judgement`` | key `format` |
/// | `experts-*.json` | ``ExpertsRecord`` | key `format` |
/// | `uncertainty-*.json` | ``UncertaintyRecord`` | key `format` |
/// | `collapse.csv` | written alone | its header |
/// | `choices.json` | ``ChoicesRecord`` | key `format` |
/// | `frozen.json` | ``FrozenRecord`` | key `format` |
/// | `predictions-*.csv` | `Predictions` of `Evaluation` | its header |
/// | `decision.json` | `DecisionRule` of `Decisions` | key `version` |
/// | `studies.json` | `ChosenJoin` of `Targets` | key `study_column` |
/// | `report.json` | `ReportDocument` of `Reports` | key `format` |
///
/// A JSON file without its key, and a `config.yaml` without its comment, have the first form. Tables carry no
/// form of their own, because spreadsheets and other programs read them: their columns are told by name.
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
    path = try Self.claimed(name, in: parent)
    guard mkdir(checkpoints, 0o777) == 0 else {
      throw .cannotCreate(checkpoints, reason: Self.words(errno))
    }
  }

  /// Takes the run for this process, until the value returned goes or the process ends in whatever way, and removes
  /// half-written files that killed processes have left in it.
  ///
  /// - Throws: `RunError.busy` where another process works in it.
  public func claimed() throws(RunError) -> FolderClaim {
    let claim: FolderClaim
    do throws(FolderClaimError) {
      claim = try FolderClaim(path)
    } catch {
      switch error {
      case .busy(let path): throw .busy(path)
      case .cannotTake(let path, let reason): throw .cannotCreate(path, reason: reason)
      }
    }
    [path, checkpoints, frozenFolder].forEach(AtomicFile.removeLeftovers)
    return claim
  }

  /// Makes a folder of its own: that of the name, or with the first number behind it that nobody has.
  ///
  /// - Parameters:
  ///   - name: of the folder.
  ///   - parent: the folder that it is in; made where it is not there.
  /// - Returns: the new folder.
  /// - Throws: `RunError.cannotCreate` with the system's words.
  static func claimed(_ name: String, in parent: String) throws(RunError) -> String {
    let base = FilePath.join(parent, name)
    if let code = make(parent) { throw .cannotCreate(base, reason: words(code)) }
    var suffix = 0
    // The system refuses a name that is taken, so two runs that start at once get two folders.
    while mkdir(numbered(base, suffix), 0o777) != 0 {
      guard errno == EEXIST else { throw .cannotCreate(base, reason: words(errno)) }
      suffix += 1
    }
    return numbered(base, suffix)
  }

  /// The folder that a run of this name would get if it started now.
  public static func next(_ name: String, in parent: String) -> String {
    let base = FilePath.join(parent, name)
    var suffix = 0
    while FileManager.default.fileExists(atPath: numbered(base, suffix)) { suffix += 1 }
    return numbered(base, suffix)
  }

  private static func numbered(_ base: String, _ suffix: Int) -> String {
    suffix == 0 ? base : "\(base)-\(suffix)"
  }

  /// Makes a folder and those above it, where they are not there.
  /// - Throws: `RunError.cannotCreate` with the system's words.
  public static func makeFolder(_ path: String) throws(RunError) {
    if let code = make(path) { throw .cannotCreate(path, reason: words(code)) }
  }

  /// Makes a folder and those above it; the system's number for the reason where that fails.
  private static func make(_ folder: String) -> Int32? {
    if mkdir(folder, 0o777) == 0 { return nil }
    let code = errno
    if FilePath.isFolder(folder) { return nil }
    let above = FilePath.folder(of: folder)
    guard code == ENOENT && above != folder else { return code }
    if let failure = make(above) { return failure }
    return mkdir(folder, 0o777) == 0 || errno == EEXIST ? nil : errno
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Every option, resolved, with where it came from.
  public var config: String { FilePath.join(path, "config.yaml") }
  /// Versions, processor, threads, seed.
  public var environment: String { FilePath.join(path, "environment.json") }
  /// Digest of the data, classes, counts, groups, leakage.
  public var data: String { FilePath.join(path, "data.json") }
  /// Path, label, group and split of every image.
  public var split: String { FilePath.join(path, "split.csv") }
  /// Classes in the order of the model and the names they have, where a file gave them: the run's own copy.
  public var classNames: String { FilePath.join(path, "class-names.csv") }
  /// Labels that were set right before anything else, where a file did so: the run's own copy.
  public var corrections: String { FilePath.join(path, "corrections.csv") }
  /// Paths of hard normals, where a file named them: the run's own copy.
  public var hardNormals: String { FilePath.join(path, "hard-normals.txt") }
  /// Path, group, split and pixel digest of every image that was used.
  public var images: String { FilePath.join(path, "images.csv") }
  /// What runs had in place of ``images`` before: path, group and pixel digest of every image that was learned from.
  public var trainingImages: String { FilePath.join(path, "training-images.csv") }
  /// One row per epoch.
  public var summary: String { FilePath.join(path, "summary.csv") }
  /// One JSON object per epoch, with seconds.
  public var metricsLines: String { FilePath.join(path, "metrics.jsonl") }
  /// What single examples did in training, where it was recorded.
  public var examples: String { FilePath.join(path, "examples.csv") }
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
  /// What stages chose on the validation part, where one did.
  public var choices: String { FilePath.join(path, "choices.json") }
  /// What the weights that the run began from are worth without training, where that was looked at.
  public var frozen: String { FilePath.join(path, "frozen.json") }
  /// Predictions of a head on frozen features, on a split.
  public func frozenPredictions(_ method: String, _ split: String) -> String {
    FilePath.join(frozenFolder, "predictions-\(method)-\(split).csv")
  }
  /// Folder of the predictions of heads on frozen features.
  public var frozenFolder: String { FilePath.join(path, "frozen") }
  /// How the model decides, where a rule was chosen for it.
  public var decision: String { FilePath.join(path, "decision.json") }
  /// The trees of a model as LightGBM writes them, where it has some.
  public var trees: String { trees(nil) }
  /// The trees of one label, or of one threshold of grades, of a model that has a booster for each.
  ///
  /// - Parameter number: which one, from 1, in the order of the labels or grades; `nil` where there is one booster alone.
  public func trees(_ number: Int?) -> String {
    FilePath.join(path, number.map { "lightgbm-\($0).txt" } ?? "lightgbm.txt")
  }
  /// How the views of a study are joined, where a run judges studies.
  public var studies: String { FilePath.join(path, "studies.json") }
  /// All that the report shows, as data.
  public var report: String { FilePath.join(path, "report.json") }
  /// The report as a page, drawn from `report`.
  public var reportPage: String { FilePath.join(path, "report.html") }
  /// The model card, drawn from `report`.
  public var readme: String { FilePath.join(path, "README.md") }
  /// Predictions on a split.
  public func predictions(_ split: String) -> String {
    FilePath.join(path, "predictions-\(split).csv")
  }
  /// Metrics on a split.
  public func metrics(_ split: String) -> String { FilePath.join(path, "metrics-\(split).json") }
  /// How well the uncertainty of the predictions of a split tells mistakes, where the model says how sure it is.
  public func uncertainty(_ split: String) -> String {
    FilePath.join(path, "uncertainty-\(split).json")
  }

  /// Parts of the data with predictions: `test`, `val`, then others by name.
  ///
  /// - Throws: `FileError` when the folder may not be read.
  public func evaluatedParts() throws(FileError) -> [String] {
    let (start, end) = ("predictions-", ".csv")
    let found = try FolderListing.items(path).map(\.name)
      .filter { $0.hasPrefix(start) && $0.hasSuffix(end) && $0.count > start.count + end.count }
      .map { String($0.dropFirst(start.count).dropLast(end.count)) }
    let usual = ["test", "val"].filter(found.contains)
    return usual + found.filter { !usual.contains($0) }.sorted()
  }
}
