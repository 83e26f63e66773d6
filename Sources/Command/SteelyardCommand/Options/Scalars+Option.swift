import ArgumentParser
import Files

extension Int: OptionValue {
  package static var expectation: String { "a whole number" }
  package init?(_ node: ConfigNode) {
    guard let text = node.plainScalar, let value = Int(text) else { return nil }
    self = value
  }
  package var yaml: String { String(self) }
  package static func property(_ flag: FlagDefinition) -> FlagProperty<Int> { .number(flag) }
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
  package static func property(_ flag: FlagDefinition) -> FlagProperty<Double> { .number(flag) }
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
  package var inHelp: String? { self ? "on" : nil }
  /// `--name` and `--no-name`.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<Bool> {
    FlagProperty(Flag<Bool?>(name: flag.names, inversion: .prefixedNo, help: flag.help)) {
      $0.wrappedValue
    }
  }
}

extension String: OptionValue {
  package static var expectation: String { "a text" }
  package init?(_ node: ConfigNode) {
    guard let text = node.scalar else { return nil }
    self = text
  }
  package var yaml: String { YAMLText.scalar(self) }
  package var wholePath: String { FilePath.absolute(self) }
  package static func property(_ flag: FlagDefinition) -> FlagProperty<String> { .text(flag) }
}
