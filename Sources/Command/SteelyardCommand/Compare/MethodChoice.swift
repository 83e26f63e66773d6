import Methods
import Plans
import Requirements

/// A method with settings, as `--methods` and `--search` write it: `erm`, `balanced-mixup.alpha=0.1`,
/// `ldam-drw.margin=0.4+scale=20`.
package struct MethodChoice: Codable, Hashable, Sendable {
  /// Name of the method.
  package var name: String
  /// Settings other than the published ones, as typed.
  package var settings: [String: String]

  /// A method with settings that are known.
  package init(_ name: String, _ settings: [String: String] = [:]) {
    (self.name, self.settings) = (name, settings)
  }

  /// Reads `NAME` or `NAME.SETTING=VALUE+SETTING=VALUE`; the method must know the settings.
  ///
  /// - Throws: `OptionError` for another form, `CatalogueError` and `OverrideError` for names and values.
  package init(parsing text: String) throws {
    let text = text.trimmed
    guard let dot = text.firstIndex(of: ".") else {
      self.init(text)
      try check()
      return
    }
    self.init(String(text[..<dot]))
    for part in Self.parts(text[text.index(after: dot)...]) {
      guard let sign = part.firstIndex(of: "="), sign != part.startIndex,
        part.index(after: sign) != part.endIndex
      else {
        throw OptionError.conflict(
          "'\(text)': expected a method with settings such as balanced-mixup.alpha=0.1, several joined by +"
        )
      }
      let key = String(part[..<sign]).trimmed
      guard
        settings.updateValue(String(part[part.index(after: sign)...]).trimmed, forKey: key) == nil
      else { throw OptionError.conflict("'\(text)': \(key) is given twice; keep one of them") }
    }
    try check()
  }

  /// Whether the catalogue has it, and its settings are in range.
  func check() throws {
    _ = try method(named: name).with(settings)
  }

  /// Split at each `+` that a name and an equals sign follow: a number such as 1e+3 has one too.
  private static func parts(_ text: Substring) -> [Substring] {
    var (parts, start): ([Substring], Substring.Index) = ([], text.startIndex)
    for match in text.matches(of: /\+(?=[A-Za-z_][A-Za-z0-9_-]*=)/) {
      parts.append(text[start..<match.range.lowerBound])
      start = match.range.upperBound
    }
    return parts + [text[start...]]
  }

  /// Settings in the order of their names, `margin=0.4+scale=20`.
  package var settingsText: String {
    settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "+")
  }

  /// What it is written as.
  package var label: String { settings.isEmpty ? name : "\(name).\(settingsText)" }
}
