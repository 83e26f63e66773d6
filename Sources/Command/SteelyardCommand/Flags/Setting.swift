import ArgumentParser

/// `name=value` of `--set`.
package struct Setting: Equatable, Sendable {
  package var name: String
  package var value: String

  /// - Throws: `ValidationError` unless there is a name, an equals sign and a value.
  package init(argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
    guard parts.count == 2, !parts.contains("") else {
      throw ValidationError(
        "expected a name, '=' and a value, such as alpha=0.2;"
          + " steelyard methods lists the names")
    }
    (name, value) = (parts[0], parts[1])
  }
}
