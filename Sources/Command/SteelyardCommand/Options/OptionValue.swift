import Files

/// A type that an option can have: it reads itself from a configuration file, writes itself back,
/// and says in words what it expects.
package protocol OptionValue: Equatable, Sendable {
  /// What a message says was expected, as in "expected a whole number".
  static var expectation: String { get }
  /// The value, or `nil` if the node does not hold one.
  init?(_ node: ConfigNode)
  /// The value as YAML on one line.
  var yaml: String { get }
}

extension Int: OptionValue {
  package static var expectation: String { "a whole number" }
  package init?(_ node: ConfigNode) {
    guard let text = node.plainScalar, let value = Int(text) else { return nil }
    self = value
  }
  package var yaml: String { String(self) }
}

extension Double: OptionValue {
  package static var expectation: String { "a number" }
  package init?(_ node: ConfigNode) {
    guard let text = node.plainScalar, let value = Double(text), value.isFinite else { return nil }
    self = value
  }
  package var yaml: String {
    self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
  }
}

extension Bool: OptionValue {
  package static var expectation: String { "true or false" }
  package init?(_ node: ConfigNode) {
    switch node.plainScalar?.lowercased() {
    case "true", "yes", "on": self = true
    case "false", "no", "off": self = false
    default: return nil
    }
  }
  package var yaml: String { String(self) }
}

extension String: OptionValue {
  package static var expectation: String { "a text" }
  package init?(_ node: ConfigNode) {
    guard let text = node.scalar else { return nil }
    self = text
  }
  package var yaml: String { YAMLText.scalar(self) }
}

extension Optional: OptionValue where Wrapped: OptionValue {
  package static var expectation: String { Wrapped.expectation + " or null" }
  package init?(_ node: ConfigNode) {
    if let text = node.plainScalar, ["", "~", "null"].contains(text.lowercased()) {
      self = .none
    } else if let value = Wrapped(node) {
      self = .some(value)
    } else {
      return nil
    }
  }
  package var yaml: String { self?.yaml ?? "null" }
}

extension Array: OptionValue where Element == String {
  package static var expectation: String { "a text or a list of texts" }
  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self = [text]
    case .list(let items):
      let texts = items.compactMap(\.scalar)
      guard texts.count == items.count else { return nil }
      self = texts
    case .mapping: return nil
    }
  }
  package var yaml: String { "[" + map(\.yaml).joined(separator: ", ") + "]" }
}

extension Dictionary: OptionValue where Key == String, Value == String {
  package static var expectation: String { "a mapping from names to values" }
  package init?(_ node: ConfigNode) {
    guard case .mapping(let entries) = node.kind else { return nil }
    self = [:]
    for entry in entries {
      guard let text = entry.value.scalar else { return nil }
      self[entry.key] = text
    }
  }
  package var yaml: String {
    let pairs = sorted { $0.key < $1.key }.map { "\($0.key.yaml): \($0.value.yaml)" }
    return "{" + pairs.joined(separator: ", ") + "}"
  }
}
