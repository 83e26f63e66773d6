import ArgumentParser

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
  package var inHelp: String? { self?.inHelp }
  package var wholePath: Wrapped? { map(\.wholePath) }
  package static func property(_ flag: FlagDefinition) -> FlagProperty<Wrapped?> {
    Wrapped.property(flag).map { $0 }
  }
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
  package var inHelp: String? { isEmpty ? nil : yaml }
  package var wholePath: [String] { map(\.wholePath) }
  /// The flag once for each text.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<[String]> {
    FlagProperty(
      Option<[String]>(
        wrappedValue: [], name: flag.names, help: flag.help, completion: flag.completion)
    ) { $0.wrappedValue.isEmpty ? nil : $0.wrappedValue }
  }
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
  package var inHelp: String? { isEmpty ? nil : yaml }
  package var parts: [String: String]? { self }
  /// Replaces values of the same name and keeps the others.
  package func laid(over lower: [String: String]) -> [String: String] {
    lower.merging(self) { $1 }
  }
  /// `name=value`, the flag once for each; the last of a name counts.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<[String: String]> {
    FlagProperty(
      Option<[Setting]>(
        wrappedValue: [], name: flag.names, help: flag.help, completion: flag.completion,
        transform: Setting.init(argument:))
    ) { option in
      let pairs = option.wrappedValue.map { ($0.name, $0.value) }
      return pairs.isEmpty ? nil : Dictionary(pairs) { $1 }
    }
  }
}
