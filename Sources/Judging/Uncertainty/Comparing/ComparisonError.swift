/// Why two sets of predictions cannot be compared.
public enum ComparisonError: Error, Equatable, CustomStringConvertible {
  /// They have different classes.
  case differentClasses(first: [String], second: [String])
  /// Examples of one are missing from the other.
  case missingExamples(from: String, count: Int, firstPaths: [String])
  /// They disagree about what an example is.
  case differentTruth(path: String, first: String, second: String)
  /// No example has a truth.
  case noTruth

  /// The mistake in English.
  public var description: String {
    switch self {
    case .differentClasses(let first, let second):
      let onlyFirst = first.filter { !second.contains($0) }
      let onlySecond = second.filter { !first.contains($0) }
      return "the two models have different classes: only the first has"
        + " \(Self.list(onlyFirst)), only the second \(Self.list(onlySecond))"
    case .missingExamples(let side, let count, let paths):
      let more = count > paths.count ? " and \(count - paths.count) more" : ""
      return "\(count) of the examples are missing from \(side): "
        + paths.map { "'\($0)'" }.joined(separator: ", ") + more
        + "; a paired comparison needs predictions of the same examples"
    case .differentTruth(let path, let first, let second):
      return "'\(path)' is \(first) in the first predictions and \(second) in the second;"
        + " both must be judged by the same truth"
    case .noTruth:
      return "no example has a truth (column y_true); nothing can be compared"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
