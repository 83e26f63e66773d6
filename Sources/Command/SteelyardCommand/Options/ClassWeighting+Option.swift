import ArgumentParser
import Files

/// `--class-weights`: how much a row of each class counts.
package enum ClassWeighting: OptionValue {
  /// 1 / n.
  case inverse
  /// 1 / √n.
  case squareRoot
  /// (1 − β) / (1 − βⁿ) with β = 0.9999.
  case effectiveNumber
  /// Weights by the names of the classes.
  case named([String: Double])
  /// A file of names and weights.
  case file(String)

  private static let words: [(String, ClassWeighting)] = [
    ("inverse", .inverse), ("square-root", .squareRoot), ("effective-number", .effectiveNumber),
  ]

  /// Reads a word, `name=weight,…`, or else the name of a file; `nil` where there is an equals sign and what stands
  /// about it are not names and numbers.
  package init?(text: String) {
    if let word = Self.words.first(where: { $0.0 == text }) {
      self = word.1
    } else if text.contains("=") {
      guard let weights = ClassNumbers.parsed(text) else { return nil }
      self = .named(weights)
    } else {
      guard !text.isEmpty else { return nil }
      self = .file(text)
    }
  }

  package static var expectation: String {
    "inverse, square-root, effective-number, name=weight,… with each name once, or a file"
  }

  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self.init(text: text)
    case .list: return nil
    case .mapping:
      guard let weights = ClassNumbers.mapped(node) else { return nil }
      self = .named(weights)
    }
  }

  package var yaml: String {
    switch self {
    case .named(let weights): return ClassNumbers.yaml(weights)
    case .file(let path): return path.yaml
    default: return Self.words.first { $0.1 == self }?.0 ?? ""
    }
  }

  package var wholePath: ClassWeighting {
    if case .file(let path) = self { .file(FilePath.absolute(path)) } else { self }
  }

  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<ClassWeighting> {
    .parsed(flag, expectation: expectation) { ClassWeighting(text: $0) }
  }
}
