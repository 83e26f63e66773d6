/// Why a saved optimiser state does not fit.
public enum OptimizerStateError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No tensor of this name was saved.
  case missing(String)
  /// The tensor of this name has another shape.
  case shape(String, saved: [Int], expected: [Int])

  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .missing(let name):
      "the checkpoint has no '\(name)'; it was saved with another optimiser or network"
    case .shape(let name, let saved, let expected):
      "'\(name)' is \(saved) in the checkpoint, expected \(expected); "
        + "it was saved with another network or class count"
    }
  }
}
