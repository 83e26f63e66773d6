/// The parts of the data that training, validation and test get when the data has no split of its
/// own: three fractions that sum to 1, written `0.7,0.15,0.15` (or in percent, `70,15,15`).
package struct SplitFractions: Codable, Equatable, Sendable {
  package var train: Double
  package var val: Double
  package var test: Double

  package init(train: Double, val: Double, test: Double) {
    (self.train, self.val, self.test) = (train, val, test)
  }

  /// Reads `train,val,test`; `nil` unless there are three numbers, none negative, some training,
  /// with a sum of 1 or of 100.
  package init?(text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { Double(String($0).trimmed) }
    guard parts.count == 3, let train = parts[0], let val = parts[1], let test = parts[2],
      train > 0, val >= 0, test >= 0
    else { return nil }
    let sum = train + val + test
    let whole = abs(sum - 100) < 1e-6 ? 100.0 : 1.0
    guard abs(sum - whole) < 1e-6 else { return nil }
    self.init(train: train / whole, val: val / whole, test: test / whole)
  }
}

extension SplitFractions: OptionValue {
  package static var expectation: String {
    "three fractions 'train,val,test' that sum to 1"
  }

  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self.init(text: text)
    case .list(let items): self.init(text: items.compactMap(\.scalar).joined(separator: ","))
    case .mapping: return nil
    }
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
