import ArgumentParser

/// `name=value` of `--set`.
package struct Setting: ExpressibleByArgument, Equatable, Sendable {
  package var name: String
  package var value: String

  /// `nil` unless there is a name, an equals sign and a value.
  package init?(argument: String) {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    name = String(argument[..<equals]).trimmed
    value = String(argument[argument.index(after: equals)...]).trimmed
    if name.isEmpty || value.isEmpty { return nil }
  }
}
