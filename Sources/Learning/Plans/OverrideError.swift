import Requirements

/// Why hyper-parameters could not be set as asked.
public enum OverrideError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The method has no such hyper-parameter.
  case unknown(String, method: String, known: [String])
  /// The text is not a value of the hyper-parameter's type.
  case badValue(String, for: String, method: String, expected: String)
  /// Values out of range, all of them together.
  case outOfRange([HyperparameterProblem], method: String)

  /// What was passed, what was expected, what to do.
  public var description: String {
    switch self {
    case .unknown(let name, let method, let known) where known.isEmpty:
      "\(method) has no hyper-parameters, so '\(name)' cannot be set; leave it out"
    case .unknown(let name, let method, let known):
      "\(method) has no hyper-parameter '\(name)'"
        + (nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ".")
        + " It has: \(known.joined(separator: ", "))"
    case .badValue(let value, let name, let method, let expected):
      "\(method): \(name) takes \(expected), got '\(value)'"
    case .outOfRange(let problems, let method):
      "\(method): " + problems.map(\.description).joined(separator: "; ")
    }
  }
}
