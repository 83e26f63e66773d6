/// A value of a configuration file and the line it stands on; knows nothing of YAML.
package struct ConfigNode: Sendable {
  /// The three shapes a value can have.
  package indirect enum Kind: Sendable {
    case scalar(String)
    case list([ConfigNode])
    case mapping([Entry])
  }

  /// A key of a mapping with its value.
  package struct Entry: Sendable {
    package var key: String
    package var line: Int
    package var value: ConfigNode
  }

  package var kind: Kind
  package var line: Int
  /// Whether a scalar stood in quotes, and so is a text whatever it looks like.
  package var isQuoted: Bool

  package init(_ kind: Kind, line: Int, isQuoted: Bool = false) {
    (self.kind, self.line, self.isQuoted) = (kind, line, isQuoted)
  }

  /// The text of a scalar.
  package var scalar: String? {
    if case .scalar(let text) = kind { text } else { nil }
  }

  /// The text of a scalar that did not stand in quotes.
  package var plainScalar: String? { isQuoted ? nil : scalar }

  /// The texts of a list with commas between them; `nil` where it holds anything but texts, of which none is passed over.
  package var joinedScalars: String? {
    guard case .list(let items) = kind else { return nil }
    let texts = items.compactMap(\.scalar)
    return texts.count == items.count ? texts.joined(separator: ",") : nil
  }

  /// The value in a few words, for messages.
  package var summary: String {
    switch kind {
    case .scalar(let text): "'\(text)'"
    case .list(let items): "a list of \(items.count)"
    case .mapping(let entries): "a mapping of \(entries.count)"
    }
  }
}
