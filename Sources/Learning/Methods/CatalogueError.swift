import Plans
import Requirements

/// Why a method could not be chosen.
public enum CatalogueError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No method is called this.
  case unknown(String)

  /// What was passed and what is known.
  public var description: String {
    switch self {
    case .unknown(let name):
      "no method is called '\(name)'"
        + (nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ".")
        + " Methods: \(known.joined(separator: ", "))"
    }
  }

  private var known: [String] { catalogue.map { $0.name } + libraryMethods.map { $0.name } }
}
