import ArgumentParser
package import Imaging

/// `--alpha-background`
extension PixelReading.Alpha: Choice {}

/// `--bands`: one number or three, written `4,3,2`.
package struct BandChoice: OptionValue {
  /// From 1.
  package let numbers: [Int]

  /// Reads numbers with commas between them; `nil` unless there are one or three, from 1.
  package init?(text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { Int(String($0).trimmed) }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, PixelReading(bands: numbers).problem == nil else {
      return nil
    }
    self.numbers = numbers
  }

  package static var expectation: String { "one band or three, from 1, such as 4,3,2" }

  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self.init(text: text)
    case .list:
      guard let text = node.joinedScalars else { return nil }
      self.init(text: text)
    case .mapping: return nil
    }
  }

  package var yaml: String { numbers.map(String.init).joined(separator: ",") }

  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<BandChoice> {
    .parsed(flag, expectation: expectation) { BandChoice(text: $0) }
  }
}

/// `--intensity`: the values that become black and white, written `-860,1500`. A run writes
/// `-860,1500,but-uint16` where its scale leaves the 16-bit unsigned images of the set to their own range.
extension IntensityScale: OptionValue {
  private static let exception = "but-uint16"

  /// Reads `low,high`; `nil` unless both are finite numbers, the first below the second.
  package init?(text: String) {
    var parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    let leavesOut = parts.last == Self.exception
    if leavesOut { parts.removeLast() }
    let values = parts.compactMap { Double($0) }
    guard parts.count == 2, values.count == 2, values[0].isFinite, values[1].isFinite,
      values[0] < values[1], (values[1] - values[0]).isFinite
    else { return nil }
    self.init(low: values[0], high: values[1], coversUnsigned16: !leavesOut)
  }

  package static var expectation: String { "two numbers low,high, the first below the second" }

  package init?(_ node: ConfigNode) {
    switch node.kind {
    case .scalar(let text): self.init(text: text)
    case .list:
      guard let text = node.joinedScalars else { return nil }
      self.init(text: text)
    case .mapping: return nil
    }
  }

  package var yaml: String {
    "\(low.yaml),\(high.yaml)" + (coversUnsigned16 ? "" : ",\(Self.exception)")
  }

  /// The low value may have a sign, and look like a flag.
  /// - Throws: `ValidationError` with what was expected.
  package static func property(_ flag: FlagDefinition) -> FlagProperty<IntensityScale> {
    .parsed(flag, expectation: expectation) { IntensityScale(text: $0) }
  }
}

extension FlagProperty {
  /// `--name text`, where a function makes the value of the text.
  /// - Throws: `ValidationError` with what was expected.
  static func parsed(
    _ flag: FlagDefinition, expectation: String, _ value: @escaping @Sendable (String) -> Value?
  ) -> FlagProperty where Value: Sendable {
    FlagProperty(
      Option<Value?>(name: flag.names, parsing: .unconditional, help: flag.help) { argument in
        guard let value = value(argument) else { throw ValidationError("expected \(expectation)") }
        return value
      }
    ) { $0.wrappedValue }
  }
}
