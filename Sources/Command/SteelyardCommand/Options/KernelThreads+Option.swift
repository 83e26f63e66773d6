import ArgumentParser

/// `--threads`: how many threads one operation of the tensor engine may use.
package enum KernelThreads: OptionValue, ExpressibleByIntegerLiteral {
  /// So many.
  case count(Int)
  /// As many as train fastest when the run starts: `auto`.
  case measured

  /// Reads `auto` or a whole number.
  package init?(text: String) {
    if text == "auto" {
      self = .measured
    } else if let count = Int(text) {
      self = .count(count)
    } else {
      return nil
    }
  }

  package init(integerLiteral value: Int) { self = .count(value) }

  /// The number, where it is known.
  package var count: Int? { if case .count(let count) = self { count } else { nil } }

  package static var expectation: String { "a whole number from 1 to 1024, or auto" }

  package init?(_ node: ConfigNode) {
    guard let text = node.plainScalar else { return nil }
    self.init(text: text)
  }

  package var yaml: String { count.map(String.init) ?? "auto" }

  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<KernelThreads> {
    .parsed(flag, expectation: expectation) { KernelThreads(text: $0) }
  }
}

extension ValueRange where Value == KernelThreads {
  /// What a machine may have.
  package static var possible: ValueRange {
    ValueRange(KernelThreads.expectation) { ($0.count.map { 1...1024 ~= $0 }) ?? true }
  }
}
