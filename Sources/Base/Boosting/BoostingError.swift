/// Why trees cannot be boosted, or their predictions not be had.
public enum BoostingError: Error, Equatable, Sendable {
  /// LightGBM's library was found nowhere.
  case noLibrary
  /// The file that the environment names is not LightGBM's library; `reason` is the loader's.
  case badLibrary(path: String, reason: String)
  /// A library lies in a usual place and cannot be loaded; `reason` is the loader's.
  case notLoaded(path: String, reason: String)
  /// The library lacks a function, as one of another program or of an old version does.
  case noFunction(path: String, name: String)
  /// The library refused, in its own words.
  case refused(operation: String, reason: String)
  /// A stored model is of other rows or classes than it is used for.
  case otherModel(found: String, expected: String)
}

extension BoostingError: CustomStringConvertible {
  /// What was asked for, what is there, and what to do.
  public var description: String {
    switch self {
    case .noLibrary:
      "lightgbm: its library, \(LightGBM.fileName), is not installed; install LightGBM (pip install lightgbm has it in"
        + " lightgbm/lib) and name the file in \(LightGBM.variable)"
    case .badLibrary(let path, let reason):
      "lightgbm: \(LightGBM.variable) names \(path), which is not read as a library: \(reason)"
    case .notLoaded(let path, let reason):
      "lightgbm: \(path) is there and cannot be loaded: \(reason); install what it needs (often OpenMP, libgomp or libomp), or"
        + " name another in \(LightGBM.variable)"
    case .noFunction(let path, let name):
      "lightgbm: \(path) has no function \(name); expected LightGBM 4 or later"
    case .refused(let operation, let reason): "lightgbm: \(operation): \(reason)"
    case .otherModel(let found, let expected):
      "lightgbm: the stored trees are of \(found), expected \(expected)"
    }
  }
}
