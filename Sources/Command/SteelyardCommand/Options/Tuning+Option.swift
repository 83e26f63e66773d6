import ArgumentParser
import Files
package import Networks

/// `--tune`: a word, with a number behind a colon where it needs one.
extension Tuning: OptionValue {
  package static var expectation: String {
    "all, head, bias, blocks:N, lora:R, lora:R:ALPHA or adaptformer:R"
  }

  package init?(_ node: ConfigNode) {
    guard let text = node.scalar, let value = Tuning(text) else { return nil }
    self = value
  }

  package var yaml: String { YAMLText.scalar(description) }

  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<Tuning> {
    .parsed(flag, expectation: expectation) { Tuning($0) }
  }
}
