/// What a number of the report is: its name, a formula, and when it is undefined.
package struct Definition: Sendable {
  /// Key, as in `metrics-*.json` where it is a metric.
  package let key: String
  /// Its name in a sentence.
  package let name: String
  /// What it is.
  package let words: String
  /// Formula; empty where the words are one.
  package let formula: String
  /// When there is no value.
  package let undefined: String

  init(
    _ key: String, _ name: String, _ words: String, formula: String = "", undefined: String = ""
  ) {
    (self.key, self.name, self.words) = (key, name, words)
    (self.formula, self.undefined) = (formula, undefined)
  }

  /// The anchor of the definition.
  package var anchor: String { "def-" + Escape.identifier(key) }

  /// The definition of a key, or `nil`.
  package static func of(_ key: String) -> Definition? { byKey[key] }

  /// All definitions, in the order of the glossary.
  package static let all: [Definition] =
    counts + rates + thresholds + means + agreement + scores + decisions

  private static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })
}

extension HTML {
  /// `content` as a link to the definition of a key; without the link where there is none.
  ///
  /// - Parameters:
  ///   - content: What the link shows.
  ///   - key: Key of the definition.
  ///   - isStop: Whether the tabulator key stops at it. In a table only the head of the column does.
  static func defined(_ content: HTML, _ key: String, isStop: Bool = true) -> HTML {
    guard let definition = Definition.of(key) else { return content }
    let order: HTML = isStop ? "" : " tabindex=\"-1\""
    return "<a class=\"d\" href=\"#\(definition.anchor)\"\(order)>\(content)</a>"
  }

  /// The name of a metric, as a link to its definition.
  static func metric(_ key: String) -> HTML {
    defined("\(Definition.of(key)?.name ?? key)", key)
  }

  /// A name from outside, on its own in its line of text whatever its direction.
  static func name(_ text: String) -> HTML {
    text.count > 24
      ? "<bdi class=\"name\" title=\"\(text)\">\(text)</bdi>" : "<bdi class=\"name\">\(text)</bdi>"
  }

  /// A path from outside.
  static func path(_ text: String) -> HTML { "<bdi class=\"path\">\(text)</bdi>" }

  /// A command to type.
  static func command(_ text: String) -> HTML { "<code>\(text)</code>" }
}
