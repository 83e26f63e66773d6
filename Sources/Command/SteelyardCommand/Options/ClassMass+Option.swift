import ArgumentParser
import Files

/// `--class-mass` and `--buckets`: what part of the drawn rows is of each class, or how many of each bucket of classes.
package enum ClassMass: OptionValue {
  /// Numbers by the names of the classes.
  case named([String: Double])
  /// A file of names and numbers.
  case file(String)

  /// Reads `name=number,…`, or else the name of a file; `nil` where there is an equals sign and what stands about it are
  /// not names and numbers.
  package init?(text: String) {
    if text.contains("=") {
      guard let shares = ClassNumbers.parsed(text) else { return nil }
      self = .named(shares)
    } else {
      guard !text.isEmpty else { return nil }
      self = .file(text)
    }
  }

  package static var expectation: String { "name=number,… with each name once, or a file" }

  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self.init(text: text)
    case .list: return nil
    case .mapping:
      guard let shares = ClassNumbers.mapped(node) else { return nil }
      self = .named(shares)
    }
  }

  package var yaml: String {
    switch self {
    case .named(let shares): ClassNumbers.yaml(shares)
    case .file(let path): path.yaml
    }
  }

  package var wholePath: ClassMass {
    if case .file(let path) = self { .file(FilePath.absolute(path)) } else { self }
  }

  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<ClassMass> {
    .parsed(flag, expectation: expectation) { ClassMass(text: $0) }
  }
}
