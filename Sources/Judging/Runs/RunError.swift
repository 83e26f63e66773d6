/// What can be wrong with a run directory.
public enum RunError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds no run.
  case notARun(String)
  /// The folder cannot be made.
  case cannotCreate(String, reason: String)
  /// The checkpoint belongs to other settings or other data.
  case differs(String, what: String)
  /// The last checkpoint cannot be read; `best` is the file of the best weights, where there is one.
  case damaged(run: String, reason: String, best: String?)
  /// Another process works in the folder.
  case busy(String)
  /// The run stopped before it had weights to use.
  case noWeights(String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .notARun(let path):
      "\(path): not a run directory (no config.yaml in it); give the folder that `train` made; one that was killed"
        + " before it wrote config.yaml has learned nothing yet: delete it and start the run again"
    case .cannotCreate(let path, let reason):
      "\(path): cannot be created: \(reason); choose another place"
    case .differs(let path, let what):
      "\(path): the checkpoint does not fit this run: \(what); resume with the data and settings of the run"
    case .damaged(_, let reason, let best):
      "\(reason)\nThe run cannot go on from this checkpoint. "
        + (best.map { "The weights of its best epoch are in \($0)" } ?? "Start it again")
    case .busy(let path):
      "\(path): another steelyard works in this run; wait for it, or stop it first"
    case .noWeights(let path):
      "\(path): the run stopped before its first epoch was done, and has no weights yet; go on with it"
    }
  }
}
