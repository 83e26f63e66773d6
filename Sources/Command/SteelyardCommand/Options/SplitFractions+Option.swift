import ArgumentParser
package import Datasets

/// `--split`: the parts that training, validation and test get when the data has no split of its
/// own, written `0.7,0.15,0.15`, or in percent, `70,15,15`.
extension SplitFractions: OptionValue {
  /// Reads `train,val,test`; `nil` unless there are three numbers, none negative, some training,
  /// with a sum of 1 or of 100.
  package init?(text: String) {
    let texts = text.split(separator: ",", omittingEmptySubsequences: false)
    let parts = texts.compactMap { Double(String($0).trimmed) }
    guard parts.count == 3, texts.count == 3 else { return nil }
    let whole = abs(parts.reduce(0, +) - 100) < 1e-6 ? 100.0 : 1.0
    do {
      try self.init(train: parts[0] / whole, val: parts[1] / whole, test: parts[2] / whole)
    } catch {
      return nil
    }
  }

  package static var expectation: String {
    "three shares 'train,val,test' that sum to 1 or to 100, the first above 0"
  }

  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self.init(text: text)
    case .list:
      guard let text = node.joinedScalars else { return nil }
      self.init(text: text)
    case .mapping: return nil
    }
  }

  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<SplitFractions> {
    FlagProperty(
      Option<SplitFractions?>(name: flag.names, help: flag.help) { argument in
        guard let value = SplitFractions(text: argument) else {
          throw ValidationError("expected \(expectation), such as \(standard.yaml)")
        }
        return value
      }
    ) { $0.wrappedValue }
  }

  package var yaml: String { "\(train.yaml),\(val.yaml),\(test.yaml)" }
}

extension String {
  /// The text without blanks at both ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
