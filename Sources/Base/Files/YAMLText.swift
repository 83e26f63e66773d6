/// Texts as YAML scalars of one line, and back.
public enum YAMLText {
  /// The text bare where YAML reads it back as the same text, in double quotes otherwise.
  public static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// The text as a comment can have it: a blank for every character that ends a line or cannot be seen.
  public static func comment(_ text: String) -> String {
    var comment = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { comment.append(isHidden(scalar) ? " " : scalar) }
    return String(comment)
  }

  /// A double-quoted scalar: the only style that can hold every text. Control characters, blanks without
  /// a width and marks that turn the direction of what follows are written by their number.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case let other where isHidden(other):
        let digits = String(other.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// The text that a scalar stands for; a bare one stands for itself.
  ///
  /// - Returns: nil where a quote is not closed, or an escape is none of YAML's.
  public static func text(of scalar: String) -> String? {
    // By code points: an accent that a text begins with is one character with the quote before it.
    let scalars = scalar.unicodeScalars
    guard let quote = scalars.first, quote == "\"" || quote == "'" else { return scalar }
    guard scalars.count >= 2, scalars.last == quote else { return nil }
    let inner = String(scalars.dropFirst().dropLast())
    if quote == "'" {
      var (text, rest) = (String.UnicodeScalarView(), inner.unicodeScalars[...])
      while let scalar = rest.popFirst() {
        if scalar == "'", rest.popFirst() != "'" { return nil }
        text.append(scalar)
      }
      return String(text)
    }
    return unescaped(inner)
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !["null", "~"].contains(text.lowercased()) else {
      return false
    }
    let safe = { (scalar: Unicode.Scalar) in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "_./+-".unicodeScalars.contains(scalar)
    }
    return first != "-" && text.unicodeScalars.allSatisfy(safe)
  }

  /// What cannot be seen, and U+FFFE and U+FFFF, which YAML has no place for.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isHidden || scalar.value == 0xFFFE || scalar.value == 0xFFFF
  }

  /// YAML 1.2, section 5.7, without the escapes that fold lines.
  private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "\u{0}", "a": "\u{7}", "b": "\u{8}", "t": "\t", "n": "\n", "v": "\u{B}", "f": "\u{C}",
    "r": "\r", "e": "\u{1B}", " ": " ", "\"": "\"", "/": "/", "\\": "\\", "N": "\u{85}",
    "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
  ]
  private static let digits: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]

  private static func unescaped(_ text: String) -> String? {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        if scalar == "\"" { return nil }
        result.append(scalar)
        continue
      }
      guard let letter = rest.popFirst() else { return nil }
      if let count = digits[letter] {
        guard rest.count >= count, let number = UInt32(String(rest.prefix(count)), radix: 16),
          let escaped = Unicode.Scalar(number)
        else { return nil }
        result.append(escaped)
        rest = rest.dropFirst(count)
      } else if let escaped = escapes[letter] {
        result.append(escaped)
      } else {
        return nil
      }
    }
    return String(result)
  }
}
