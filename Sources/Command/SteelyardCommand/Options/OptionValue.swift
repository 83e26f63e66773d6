/// A type that an option can have: it reads itself from a configuration file and from a flag, writes
/// itself back, and says in words what it expects.
package protocol OptionValue: Equatable, Sendable {
  /// What a message says was expected, as in "expected a whole number".
  static var expectation: String { get }
  /// The value, or `nil` if the node does not hold one.
  init?(_ node: ConfigNode)
  /// The value as YAML on one line.
  var yaml: String { get }
  /// How a flag reads it.
  static func property(_ flag: FlagDefinition) -> FlagProperty<Self>

  /// The value as a default in the help; `nil` says nothing.
  var inHelp: String? { get }
  /// What it comes to when it is given over another.
  func laid(over lower: Self) -> Self
  /// Parts that have names, and origins, of their own.
  var parts: [String: String]? { get }
  /// The whole path, of a value that is a path.
  var wholePath: Self { get }
}

extension OptionValue {
  package var inHelp: String? { yaml }
  package func laid(over lower: Self) -> Self { self }
  package var parts: [String: String]? { nil }
  package var wholePath: Self { self }
}
